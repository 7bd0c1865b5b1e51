import { fold } from '../auto-reply/own-text.ts';

/** How the words of a receipt begin, go on, and what they tell: a row for each language, phrases parted by `|`. */
interface Wording {
  readonly language: string;
  /** What stands in front of the colon: `Read: Budget`. Words of any language, so they need a sentence with a fact. */
  readonly heads: string;
  /** Names of a receipt with which the subject starts: `Return Receipt (displayed) - Budget`. */
  readonly titles?: string;
  /** What the sentence speaks of. Words may go on behind it, so stems do. */
  readonly message: string;
  /** What became of it, by the types of RFC 8098 §3.2.6.2. `…` stands for a date, an address or a name. */
  readonly says: Readonly<Partial<Record<Outcome, string>>>;
}

/** `received` tells neither that the message was displayed nor that it was not. */
export type Outcome = 'deleted' | 'dispatched' | 'processed' | 'displayed' | 'received';

/**
 * Receipts of Exchange and Outlook (which write in the language of the reader), Outlook Express, Thunderbird, KMail,
 * Evolution, Pegasus, SquirrelMail, Roundcube, Notes, GroupWise, and webmail of China, Russia and Korea.
 */
const RECEIPTS: readonly Wording[] = [
  {
    language: 'en',
    heads: 'read|not read|unread|deleted|deleted without being read|opened|displayed|rcpt', // RCPT: Pegasus
    titles:
      'read receipt|read-receipt|read confirmation|reading confirmation|reading receipt|confirmation of reading' +
      '|read notification|return receipt|disposition notification|message disposition notification|delivery notification for' +
      '|message status - opened|message status - read|message status - deleted',
    message:
      'your message|your mail|your email|your e-mail|your document|the message|the mail|the email|the e-mail' +
      '|message you sent|mail you sent|email you sent|e-mail you sent|message sent',
    says: {
      displayed:
        'was read on|was read at|was read by the recipient|has been read on|has been read at|has been read by the recipient' +
        '|has been read.|has been read (opened)|was displayed on|was displayed at|has been displayed on|has been displayed at' +
        '|has been displayed.|was opened on|was opened at|was opened by|has been opened on|has been opened at' +
        '|has been opened by|has been opened.',
      deleted:
        'was deleted without being read|was deleted without having been read|was deleted without being opened' +
        '|was deleted without being displayed|was deleted unread|has been deleted without being read|has been deleted unread' +
        '|has been deleted unseen|has been deleted. the person you sent it to|was not read before',
      dispatched: 'has been dispatched.|was sent somewhere without being displayed',
      processed:
        "has been processed by some automatic means|was processed by the recipient's mail client without being displayed",
    },
  },
  {
    // Table cells flattened: `Your <subject> document: was <name> received by: at:`
    language: 'en, Notes',
    heads: 'return receipt',
    message: 'your document|document:',
    says: { received: 'was received by:|was successfully received by:|was … received by:' },
  },
  {
    language: 'de',
    heads:
      'gelesen|nicht gelesen|ungelesen|ungelesen gelöscht|gelöscht|gelöscht ohne gelesen zu werden|geöffnet',
    titles:
      'lesebestätigung|gelesen-bestätigung|lesebenachrichtigung|empfangsbestätigung|übermittlungsbestätigung',
    message: 'ihre nachricht|die nachricht|ihrer nachricht|ihre e-mail|die e-mail|ihre mail|ihr dokument',
    says: {
      displayed:
        'wurde … gelesen|ist … gelesen worden|computer des empfängers … angezeigt|wurde … angezeigt|wurde … geöffnet',
      deleted:
        'ungelesen gelöscht|ohne gelesen zu werden|ohne gelesen worden zu sein|ohne dass sie gelesen wurde|ohne sie zu lesen' +
        '|wurde nicht gelesen|ohne angezeigt zu werden',
      received: 'wurde empfangen von|wurde … empfangen von|wurde erfolgreich empfangen von',
    },
  },
  {
    language: 'fr',
    heads: 'lu|non lu|lue|non lue|supprimé|supprimé sans avoir été lu|ouvert',
    titles:
      'accusé de lecture|confirmation de lecture|notification de lecture|accusé de réception|avis de lecture',
    message:
      'votre message|le message|ce message|votre courrier|votre e-mail|votre email|votre courriel|votre document',
    says: {
      displayed:
        "a été lu le|a été lu à|a été lu par|a été lu.|a été ouvert le|a été ouvert par|été affiché le|été affiché sur l'ordinateur" +
        "|s'est affiché sur l'ordinateur|a bien été lu",
      deleted: "sans avoir été lu|sans être lu|sans avoir été ouvert|n'a pas été lu|sans avoir été affiché",
      received: 'a été reçu par :|a été reçu par:',
    },
  },
  {
    language: 'es',
    heads: 'leído|leída|no leído|no leída|eliminado|eliminado sin leer|abierto',
    titles:
      'confirmación de lectura|acuse de lectura|acuse de recibo|notificación de lectura|aviso de lectura|recibo de lectura',
    message:
      'su mensaje|el mensaje|tu mensaje|su correo|el correo|tu correo|mensaje que envió|correo que envió|su documento',
    says: {
      displayed:
        'fue leído|ha sido leído|se ha leído|se leyó|fue abierto|ha sido abierto|se ha mostrado en|fue mostrado en|ha sido mostrado en',
      deleted:
        'eliminó sin leer|eliminado sin leer|borrado sin leer|sin leerlo|sin ser leído|sin haber sido leído|sin haberse leído|no se ha leído|no fue leído|no ha sido leído',
      received: 'fue recibido por:|ha sido recibido por:',
    },
  },
  {
    language: 'pt',
    heads: 'lido|lida|não lido|não lida|excluído|excluída|eliminado|eliminada|aberta',
    titles:
      'confirmação de leitura|recibo de leitura|aviso de leitura|notificação de leitura|aviso de recebimento|confirmação de recebimento|recibo de retorno',
    message:
      'sua mensagem|a mensagem|tua mensagem|da mensagem|seu e-mail|o e-mail|seu email|sua correspondência|seu documento',
    says: {
      displayed:
        'foi lida|foi lido|foi aberta|foi aberto|foi exibida no|foi exibido no|foi mostrada no|foi visualizada no',
      deleted:
        'sem ser lida|sem ser lido|sem ter sido lida|sem ter sido lido|sem que fosse lida|não foi lida|não foi lido',
      received: 'foi recebido por:|foi recebida por:',
    },
  },
  {
    language: 'it',
    heads: 'letto|letta|non letto|non letta|eliminato|eliminato senza essere letto|aperto',
    titles:
      'conferma di lettura|ricevuta di lettura|notifica di lettura|avviso di lettura|ricevuta di ritorno|conferma lettura',
    message:
      'il messaggio|suo messaggio|tuo messaggio|vostro messaggio|la mail|la e-mail|la posta|il documento',
    says: {
      displayed:
        "è stato letto|è stata letta|e' stato letto|è stato aperto|è stato visualizzato|è stata visualizzata",
      deleted:
        'senza essere letto|senza essere stato letto|senza essere aperto|non è stato letto|non è stata letta|senza leggerlo',
      received: 'è stato ricevuto da:',
    },
  },
  {
    language: 'nl',
    heads: 'gelezen|niet gelezen|ongelezen|verwijderd|ongelezen verwijderd|geopend',
    titles: 'leesbevestiging|ontvangstbevestiging|ontvangstbewijs|leesbewijs',
    message: 'uw bericht|het bericht|je bericht|dit bericht|uw e-mail|de e-mail|uw mail|uw document',
    says: {
      displayed:
        'is gelezen|werd gelezen|is … gelezen|werd … gelezen|is … geopend|weergegeven op de computer|getoond op de computer',
      deleted:
        'zonder te zijn gelezen|zonder gelezen te zijn|zonder te worden gelezen|zonder dat het is gelezen|zonder het te lezen|ongelezen verwijderd|is niet gelezen',
      received: 'is ontvangen door:|werd ontvangen door:',
    },
  },
  {
    language: 'sv',
    heads: 'läst|oläst|ej läst|inte läst|borttaget|öppnat',
    titles: 'läskvitto|läsbekräftelse|mottagningskvitto|mottagningsbekräftelse|returkvitto',
    message: 'ditt meddelande|meddelandet|ert meddelande|ditt dokument|ditt brev',
    says: {
      displayed:
        'lästes|har lästs|blev läst|har blivit läst|är läst|öppnades|visades på mottagarens|har visats på mottagarens',
      deleted:
        'utan att läsas|utan att ha lästs|utan att bli läst|utan att ha blivit läst|togs bort oläst|har inte lästs',
      received: 'togs emot av:|har tagits emot av:|mottogs av:',
    },
  },
  {
    language: 'da, nb, nn, is',
    heads: 'læst|ikke læst|ulæst|lest|ikke lest|ulest|lese|slettet|åpnet|åbnet|lesið|ólesið',
    titles:
      'læsekvittering|kvittering for læsning|lesekvittering|lesebekreftelse|kvittering for lesing|kvittering for modtagelse|returkvittering|lestrarkvittun',
    message:
      'din meddelelse|meddelelsen|deres meddelelse|din besked|beskeden|meldingen|meldinga|din melding|e-postmeldingen|dit dokument|ditt dokument|skeytið|skilaboð',
    says: {
      displayed:
        'blev læst|er læst|er blevet læst|blev åbnet|vist på modtagerens|ble lest|er lest|er blitt lest|ble åpnet|vart lesen|vist på mottakerens|var lesið|voru lesin',
      deleted:
        'uden at være læst|uden at blive læst|uden at være blevet læst|uden at have været læst|slettet ulæst|uten å bli lest|uten å være lest|uten å ha blitt lest|uten at den ble lest|uten at den er lest|slettet ulest|án þess að vera lesið|án þess að vera lesin',
      received: 'blev modtaget af:|ble mottatt av:',
    },
  },
  {
    language: 'fi',
    heads: 'luettu|ei luettu|lukematta|lukematon|poistettu|avattu',
    titles: 'lukukuittaus|lukuilmoitus|vastaanottokuittaus|vastaanottoilmoitus',
    message: 'viestisi|viestinne|viesti|lähettämäsi',
    says: {
      displayed:
        'on luettu|luettiin|avattiin|on avattu|näytettiin vastaanottajan|on näytetty vastaanottajan|näytetty vastaanottajan',
      deleted:
        'poistettiin lukematta|poistettu lukematta|lukematta poistettu|poistettu lukemattomana|poistettiin lukemattomana|ei ole luettu',
    },
  },
  {
    language: 'pl',
    heads:
      'przeczytano|przeczytane|przeczytana|odczytano|odczyt|nie przeczytano|nieprzeczytane|nieprzeczytana|nie odczytano|usunięto',
    titles:
      'potwierdzenie przeczytania|potwierdzenie odczytu|potwierdzenie odczytania|potwierdzenie odbioru|potwierdzenie otrzymania',
    message: 'twoja wiadomość|wiadomość|wiadomości|państwa wiadomość|twój e-mail|przesyłka',
    says: {
      displayed:
        'została przeczytana|została odczytana|przeczytano|odczytano|została otwarta|wyświetlona na komputerze|wyświetlono na komputerze',
      deleted:
        'bez przeczytania|bez czytania|bez odczytania|bez odczytu|usunięta nieprzeczytana|nie została przeczytana|nie została odczytana',
    },
  },
  {
    language: 'cs, sk',
    heads:
      'přečteno|přečtené|přečtena|nepřečteno|nepřečtené|bez přečtení|odstraněno|prečítané|prečítaná|neprečítané|neprečítaná|odstránené|číst|čítať',
    titles:
      'potvrzení o přečtení|potvrzení přečtení|doručenka|oznámení o přečtení|potvrzení o doručení|potvrdenie o prečítaní|potvrdenie prečítania|potvrdenie o doručení',
    message: 'zpráva|zprávu|zpráv|vaše zpráva|správa|správu|vaša správa',
    says: {
      displayed:
        'byla přečtena|byl přečten|přečtena dne|byla otevřena|zobrazena na počítači|bola prečítaná|bola prečítana|bola otvorená|zobrazená na počítači',
      deleted:
        'bez přečtení|odstraněna nepřečtená|odstraněna nepřečtena|smazána nepřečtená|aniž byla přečtena|aniž by byla přečtena|nebyla přečtena|bez prečítania|odstránená neprečítaná|bez toho, aby bola prečítaná|nebola prečítaná',
    },
  },
  {
    language: 'hu',
    heads: 'olvasott|elolvasva|olvasva|elolvasott|olvasatlan|nem olvasott|nincs elolvasva|olvasás|törölve',
    titles: 'olvasási visszaigazolás|olvasási értesítés|olvasási nyugta|tértivevény|visszaigazolás',
    message: 'üzenet|az ön üzenet|levél|levelét|levele',
    says: {
      displayed:
        'elolvasták|elolvasta|elolvasva|el lett olvasva|elolvasásának|elolvasásra került|megnyitották|olvasásának időpontja|címzett számítógépén',
      deleted: 'olvasás nélkül|olvasatlanul|elolvasás nélkül|anélkül, hogy elolvasták|nem olvasták el',
    },
  },
  {
    language: 'ro',
    heads: 'citit|citită|necitit|necitită|nu s-a citit|șters',
    titles: 'confirmare de citire|confirmare citire|confirmare de primire|chitanță de citire',
    message: 'mesajul|mesajului|e-mailul|documentul',
    says: {
      displayed: 'a fost citit|a fost citită|s-a citit|a fost deschis|a fost afișat pe',
      deleted: 'fără a fi citit|fără să fie citit|fără a fi fost citit|nu a fost citit',
    },
  },
  {
    language: 'bg, uk, be, ru, kk, mk, sr',
    heads:
      'прочтено|прочитано|прочитане|не прочтено|не прочитано|непрочитано|непрочтено|не прочитане|удалено|видалено|открыто' +
      '|прочетено|непрочетено|не е прочетено|изтрито|прачытана|оқылды|оқылмаған|прочитана|непрочитана|није прочитано',
    titles:
      'уведомление о прочтении|уведомление о просмотре|подтверждение прочтения|подтверждение о прочтении|отчет о прочтении|отчёт о прочтении' +
      '|уведомление о получении|ваше письмо прочитано|повідомлення про прочитання|підтвердження прочитання|сповіщення про прочитання' +
      '|потвърждение за прочитане|уведомление за прочитане|разписка за прочитане|потврда о читању|потврда за читање',
    message: 'сообщени|письм|повідомлення|лист|съобщение|писмо|порука|поруку|пораката|паведамленне|хабар',
    says: {
      displayed:
        'прочитано|прочтено|было открыто|открыто получателем|открыто адресатом|прочитал ваше|прочитала ваше|прочитал(а) ваше' +
        '|на компьютере получателя|на компьютере адресата|на экране получателя|прочитане|відкрито одержувачем' +
        "|на комп'ютері одержувача|беше прочетено|е прочетено|бе прочетено|на компютъра на получателя|је прочитана|је прочитано|беше прочитана|прачытана|оқылды",
      deleted:
        'без прочтения|удалено непрочитанным|удалено не прочитанным|непрочитанным|не прочитано|не прочтено|не было прочитано|не было прочтено|до прочтения' +
        '|без прочитання|непрочитаним|не прочитане|не було прочитано|без да бъде прочетено|без да е прочетено|не беше прочетено|без читања|није прочитана|не беше прочитана',
    },
  },
  {
    language: 'hr, sr, bs, sl, mk',
    heads:
      'pročitano|pročitana|nije pročitano|nepročitano|nije pročitana|prebrano|ni prebrano|neprebrano|izbrisano|obrisano',
    titles:
      'potvrda čitanja|potvrda o čitanju|potvrda primitka|potrdilo o branju|potrdilo o prejemu|povratnica',
    message: 'vaša poruka|vašu poruku|poruka|poruku|vaše sporočilo|sporočilo|sporočila|vaša e-pošta',
    says: {
      displayed:
        'je pročitana|pročitana je|pročitano je|je pročitano|bila je pročitana|je otvorena|je bilo prebrano|bilo prebrano|je prebrano|prebrano dne|na računalu primatelja|na računaru primaoca|na prejemnikovem računalniku',
      deleted:
        'bez čitanja|izbrisana nepročitana|obrisana nepročitana|nije pročitana|a da nije pročitana|ne da bi bilo prebrano|brez branja|izbrisano neprebrano|ni bilo prebrano',
    },
  },
  {
    language: 'et, lv, lt',
    heads:
      'loetud|lugemata|lasīts|izlasīts|nelasīts|nav lasīts|perskaityta|perskaitytas|skaityta|neskaityta|neperskaityta|kustutatud|dzēsts|ištrinta',
    titles:
      'lugemisteatis|lugemiskinnitus|lasīšanas apstiprinājums|izlasīšanas apstiprinājums|perskaitymo patvirtinimas|skaitymo patvirtinimas',
    message:
      'teie kiri|teie sõnum|sõnum|kiri|jūsu ziņojum|ziņojum|vēstule|jūsų laišk|laišk|jūsų žinut|jūsų pranešim|pranešim',
    says: {
      displayed:
        'on loetud|loeti|avati|tika izlasīts|tika lasīts|ir izlasīts|tika atvērts|buvo perskaitytas|buvo perskaityta|perskaitytas|perskaityta|buvo atidarytas',
      deleted:
        'kustutati lugemata|kustutati … lugemata|ilma lugemata|bez lasīšanas|neizlasīts dzēsts|dzēsts neizlasīts|dzēsts nelasīts|tika dzēsts, neizlasot|ištrintas neperskaitytas|ištrinta neperskaityta|ištrintas neskaitytas|nebuvo perskaitytas|nebuvo perskaityta',
    },
  },
  {
    language: 'ca, gl, eu',
    heads:
      'llegit|llegida|no llegit|no llegida|lida|non lida|non lido|irakurrita|irakurri gabe|ez irakurrita',
    titles:
      'confirmació de lectura|justificant de lectura|confirmación de lectura|irakurri izanaren agiria|irakurketa-agiria',
    message:
      'el vostre missatge|el missatge|el seu missatge|el correu|a súa mensaxe|a mensaxe|mezua|zure mezua',
    says: {
      displayed:
        "s'ha llegit|ha estat llegit|va ser llegit|es va llegir|ha estat obert|foi lida|leuse|irakurri da|irakurri zen|irakurri dute",
      deleted:
        "sense llegir|sense llegir-lo|sense haver estat llegit|sense ser llegit|sen ser lida|sen ler|irakurri gabe ezabatu|no s'ha llegit",
    },
  },
  {
    language: 'tr, az',
    heads: 'okundu|okunmadı|okunmamış|silindi|oxundu|oxunmadı',
    titles: 'okundu bilgisi|okundu bildirimi|okundu onayı|okuma bildirimi|alındı bildirimi|alındı belgesi',
    message: 'iletiniz|ileti|mesajınız|mesajı|mesaj|e-postanız|e-posta',
    says: {
      displayed:
        'okundu|okunmuştur|okunmuş|açıldı|görüntülendi|görüntülenmiştir|bilgisayarında görüntülendiğini|oxundu',
      deleted: 'okunmadan|okunmadı|okunmadan silindi|oxunmadan',
    },
  },
  {
    language: 'el',
    heads:
      'διαβάστηκε|αναγνώστηκε|αναγνωσμένο|δεν διαβάστηκε|δεν αναγνώστηκε|μη αναγνωσμένο|μη αναγνωσμένα|διαγράφηκε',
    titles:
      'απόδειξη ανάγνωσης|αποδεικτικό ανάγνωσης|επιβεβαίωση ανάγνωσης|ειδοποίηση ανάγνωσης|αποδεικτικό παραλαβής',
    message: 'το μήνυμά σας|το μήνυμα|μήνυμα|μηνύματ|το email σας|το e-mail σας',
    says: {
      displayed:
        'διαβάστηκε|αναγνώστηκε|αναγνώσθηκε|έχει διαβαστεί|έχει αναγνωσθεί|ανοίχτηκε|στον υπολογιστή του παραλήπτη',
      deleted:
        'χωρίς να διαβαστεί|χωρίς να αναγνωσθεί|χωρίς να αναγνωστεί|χωρίς να έχει διαβαστεί|χωρίς να έχει αναγνωσθεί|χωρίς ανάγνωση|δεν διαβάστηκε|δεν αναγνώστηκε',
    },
  },
  {
    language: 'he',
    heads: 'נקרא|נקראה|קריאה|לא נקרא|לא נקראה|נמחק|נמחקה',
    titles: 'אישור קריאה|הודעת קריאה|קבלת קריאה',
    message: 'הודעתך|ההודעה שלך|ההודעה|הודעה|המייל',
    says: {
      displayed: 'נקראה|נקרא ב|נפתחה|הוצגה',
      deleted: 'מבלי שנקראה|בלי שנקראה|ללא קריאה|מבלי לקרוא|לא נקראה',
    },
  },
  {
    language: 'ar, fa',
    heads:
      'قراءة|مقروء|مقروءة|تمت القراءة|تمت قراءته|تمت قراءتها|قُرئت|غير مقروء|غير مقروءة|لم تتم القراءة|لم تُقرأ|لم تتم قراءتها|محذوف|خوانده شد|خوانده نشد|خوانده نشده',
    titles:
      'إيصال القراءة|إيصال قراءة|إعلام بالقراءة|تأكيد القراءة|إشعار القراءة|رسید خواندن|رسید خوانده شدن',
    message: 'رسالتك|رسالتكم|الرسالة|پیام شما|پیام',
    says: {
      displayed: 'تمت قراءة|تم قراءة|تمت قراءتها|تم قراءتها|قرئت|قُرئت|تم فتح|تم عرض|خوانده شد|خوانده شده',
      deleted:
        'بدون قراءتها|دون قراءتها|بدون قراءة|دون أن تقرأ|دون أن تُقرأ|لم تتم قراءة|لم تتم قراءتها|بدون خوانده شدن|بدون خواندن|خوانده نشد',
    },
  },
  {
    language: 'ja',
    heads: '開封済み|開封済|開封|既読|未開封|未読|開封されませんでした|削除|削除済み|開封確認|開封通知',
    titles: '開封確認|開封通知|開封済み通知|開封証明|受信確認|受領確認|既読通知',
    message: 'メッセージ|メール|電子メール|文書',
    says: {
      displayed:
        '開封されました|開封されています|開封されたこと|開封しました|開封済みです|開かれました|読まれました|既読になりました|表示されました|表示されたこと',
      deleted:
        '開封されずに削除|開封されないまま削除|開封せずに削除|未開封のまま削除|未開封で削除|未読のまま削除|読まれずに削除|読まれないまま削除|開封されませんでした',
    },
  },
  {
    language: 'zh',
    heads:
      '已读|已讀|已读取|已讀取|已阅读|已閱讀|已阅|读取|讀取|未读|未讀|未读取|未讀取|未阅读|未閱讀|已删除|已刪除|已打开|已開啟',
    titles:
      '已读回执|阅读回执|已读回复|邮件已读|邮件回执|回执|收条|已讀回條|讀取回條|讀信回條|閱讀回條|已讀回執|閱讀回執|讀取確認|郵件已讀',
    message: '邮件|郵件|信件|来信|來信|消息|訊息|留言',
    says: {
      displayed:
        '已被阅读|被阅读|已阅读|已经阅读|已被对方阅读|已被收件人阅读|已于 … 阅读|已在 … 阅读|已读取|已被读取|已读|已被打开|已打开|已被查看|显示过|中显示' +
        '|已被閱讀|被閱讀|已閱讀|已於 … 閱讀|已於 … 讀取|已在 … 讀取|已讀取|已被讀取|被讀取|已讀|已開啟|已被開啟|顯示過',
      deleted:
        '未经阅读|未被阅读|未阅读 … 删除|未阅读便|没有阅读 … 删除|未读取 … 删除|未读 … 删除|未读即|未經閱讀|未被閱讀|未閱讀 … 刪除|未閱讀即|沒有閱讀 … 刪除|未經讀取|未被讀取|未讀取 … 刪除|未讀取即|未讀 … 刪除|未讀即',
    },
  },
  {
    language: 'ko',
    heads: '읽음|읽지 않음|읽지않음|안 읽음|읽은 메일|삭제됨|수신확인|수신 확인|열람',
    titles: '수신확인|수신 확인|읽음 확인|읽음 확인 메일|읽음 알림|열람 확인',
    message: '메시지|메일|편지|이메일|전자 메일',
    says: {
      displayed:
        '읽었습니다|읽혔습니다|읽음으로 표시|읽으셨습니다|읽었음|열람하였습니다|열람했습니다|열어 보았습니다|수신 확인되었습니다|표시되었습니다|표시되었음',
      deleted:
        '읽지 않고 삭제|읽지 않은 상태로 삭제|읽지 않은 상태에서 삭제|읽지 않은 채 삭제|읽히지 않고 삭제|읽지 않았습니다',
    },
  },
  {
    language: 'th',
    heads: 'อ่านแล้ว|อ่าน|ยังไม่ได้อ่าน|ไม่ได้อ่าน|ยังไม่อ่าน|ลบแล้ว',
    titles: 'การยืนยันการอ่าน|ใบตอบรับการอ่าน|การแจ้งเตือนการอ่าน|ใบตอบรับว่าอ่านแล้ว',
    message: 'ข้อความ|จดหมาย|อีเมล',
    says: {
      displayed: 'ถูกอ่าน|ได้ถูกอ่าน|อ่านแล้วเมื่อ|ได้รับการอ่าน|ถูกเปิดอ่าน|ได้อ่านเมื่อ',
      deleted: 'โดยไม่ได้อ่าน|โดยไม่ถูกอ่าน|โดยยังไม่ได้อ่าน|โดยไม่มีการอ่าน',
    },
  },
  {
    language: 'vi, id, ms',
    heads:
      'đã đọc|chưa đọc|không đọc|chưa được đọc|đã xóa|dibaca|telah dibaca|tidak dibaca|belum dibaca|dihapus|tidak terbaca',
    titles:
      'xác nhận đã đọc|biên nhận đã đọc|thông báo đã đọc|tanda terima baca|konfirmasi pembacaan|resi dibaca|resit baca',
    message: 'thư|tin nhắn|thông điệp|email của bạn|pesan|email anda|mesej',
    says: {
      displayed:
        'đã được đọc|được đọc vào|đã đọc vào|đã được mở|telah dibaca|sudah dibaca|dibaca pada|telah dibuka',
      deleted: 'mà không được đọc|mà không đọc|mà chưa đọc|mà chưa được đọc|tanpa dibaca|tanpa terbaca',
    },
  },
  {
    language: 'hi',
    heads: 'पढ़ा गया|पढ़ लिया गया|पढ़ें|नहीं पढ़ा गया|अपठित|बिना पढ़े',
    titles: 'पठन रसीद|पढ़ने की रसीद',
    message: 'संदेश|ईमेल',
    says: { displayed: 'पढ़ा गया|पढ़ लिया गया|पढ़ा जा चुका', deleted: 'बिना पढ़े|पढ़े बिना|नहीं पढ़ा गया' },
  },
];

/** The stronger word first: `was deleted without being read` speaks of reading, too. */
const OUTCOMES = ['deleted', 'dispatched', 'processed', 'displayed', 'received'] as const satisfies Outcome[];

const split = (phrases: string): string[] => phrases.split('|').map((phrase) => fold(phrase));

const HEADS: ReadonlySet<string> = new Set(RECEIPTS.flatMap(({ heads }) => split(heads)));
/** By their first two letters. */
const TITLES = new Map<string, string[]>();
for (const title of RECEIPTS.flatMap(({ titles }) => (titles === undefined ? [] : split(titles)))) {
  const key = title.slice(0, 2);
  TITLES.set(key, [...(TITLES.get(key) ?? []), title]);
}

/** Phrases of one language and outcome, with what they can speak of. */
interface Verbs {
  readonly outcome: Outcome;
  readonly message: readonly string[];
  /** A phrase in its pieces, between which something else stands. */
  readonly phrases: readonly (readonly string[])[];
}

const VERBS: readonly Verbs[] = OUTCOMES.flatMap((outcome) =>
  RECEIPTS.flatMap(({ message, says }) => {
    const phrases = says[outcome];
    if (phrases === undefined) return [];
    const pieces = phrases.split('|').map((phrase) => phrase.split(' … ').map((piece) => fold(piece)));
    return { outcome, message: split(message), phrases: pieces };
  }),
);

/** A subject in the form of a receipt. */
export interface ReceiptSubject {
  /** It names a receipt, and is no word that anybody puts in front of a colon. */
  readonly named: boolean;
  /** The subject of the message that was read, folded; empty where it is not told. */
  readonly topic: string;
}

/** Gateways and filters put their marks in front: `[EXTERNAL] Read: Budget`. */
const TAG = /^(?:\[[^\][]{1,30}\]|\*{2,5}[a-z ]{1,20}\*{2,5}) ?/;

export function readSubject(subject: string): ReceiptSubject | null {
  let text = fold(subject.slice(0, 300)).trim();
  text = text.replace(TAG, '').replace(TAG, '');
  const title = TITLES.get(text.slice(0, 2))?.find(
    (name) => text.startsWith(name) && isWord(text, 0, name.length),
  );
  if (title !== undefined)
    return { named: true, topic: text.slice(title.length).replace(/^[^:]{0,40}: ?/, '') };
  const colon = text.indexOf(':');
  if (colon === -1 || !HEADS.has(text.slice(0, colon).trim())) return null;
  return { named: false, topic: text.slice(colon + 1).trim() };
}

/** A sentence that tells what became of a message. */
export interface Sentence {
  readonly outcome: Outcome;
  /** Place of the words that tell it, in the folded text. */
  readonly at: number;
  /** From the words for the message to the end of the sentence. */
  readonly span: readonly [start: number, end: number];
}

/** Characters between the words for a message and what became of it: its addresses, subject and date stand there. */
const BLOCK_LENGTH = 900;
/** The same where the message is named last: `Прочитано ваше письмо`. */
const BEHIND = 60;
/** Characters for `…`: a date with its time zone in words, a name with its address. */
const GAP = 160;
/** A full stop behind a word, for `14. April` and `Dr. Berg` end no sentence. */
const SENTENCE_END = /\p{L}{5}[.!?] |[。！？]/u;

/**
 * The first sentence of a folded text that tells of a message and of its reading. `isBlock` says whether a range of
 * the text is the block `To: … Subject: … Sent: …`, that Outlook puts in the midst of its sentence.
 */
export function findSentence(
  folded: string,
  isBlock: (start: number, end: number) => boolean,
): Sentence | null {
  for (const { outcome, message, phrases } of VERBS) {
    for (const pieces of phrases) {
      for (let at = findWords(folded, pieces[0] as string, 0); at !== -1; ) {
        const end = endOf(folded, pieces, at);
        const start = end === -1 ? -1 : startOf(folded, message, at, end, isBlock);
        if (start !== -1) return { outcome, at, span: [Math.min(start, at), end] };
        at = findWords(folded, pieces[0] as string, at + 1);
      }
    }
  }
  return null;
}

/** Where a phrase that starts at `at` ends, -1 where its pieces do not follow in the sentence. */
function endOf(folded: string, pieces: readonly string[], at: number): number {
  let end = at + (pieces[0] as string).length;
  for (const piece of pieces.slice(1)) {
    const next = findWords(folded, piece, end);
    if (next === -1 || next - end > GAP || SENTENCE_END.test(folded.slice(end, next))) return -1;
    end = next + piece.length;
  }
  return end;
}

/** Where the message is named of which the phrase from `at` to `end` speaks, -1 where none is. */
function startOf(
  folded: string,
  message: readonly string[],
  at: number,
  end: number,
  isBlock: (start: number, end: number) => boolean,
): number {
  for (const name of message) {
    const start = folded.lastIndexOf(name, end);
    if (start === -1 || !isWord(folded, start, 0) || at - start > BLOCK_LENGTH) continue;
    if (start >= at || !SENTENCE_END.test(folded.slice(start, at)) || isBlock(start, at)) return start;
  }
  const behind = folded.slice(end, end + BEHIND);
  const sentence = SENTENCE_END.exec(behind);
  const rest = sentence === null ? behind : behind.slice(0, sentence.index);
  return message.some((name) => rest.includes(name)) ? at : -1;
}

/** The next place of whole words. */
function findWords(folded: string, words: string, from: number): number {
  for (let at = folded.indexOf(words, from); at !== -1; at = folded.indexOf(words, at + 1))
    if (isWord(folded, at, words.length)) return at;
  return -1;
}

/** Latin, Greek and Cyrillic letters, and digits: other scripts write words without blanks, or articles onto them. */
const LETTER = /[a-z0-9\u00df-\u024f\u0370-\u058f]/;

/** Does a word start at `at`, and end `length` units behind it, where that is not 0? */
function isWord(text: string, at: number, length: number): boolean {
  const joined = (place: number): boolean =>
    LETTER.test(text.charAt(place - 1)) && LETTER.test(text.charAt(place));
  return !joined(at) && (length === 0 || !joined(at + length));
}
