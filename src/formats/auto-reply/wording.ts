import { fold } from './own-text.ts';

/**
 * What a phrase tells. `left`: its holder has gone, or the address is given up. `filter`: a virus or content filter
 * speaks. `unread`: nobody reads the mailbox. `automatic`: it calls itself a reply of a program. `failure`: the words of bounces. `until`, `person`, `new-address`: what follows it is a date or an address;
 * `-before`: it stands behind what it speaks of, as in Japanese and Korean.
 */
export type Meaning =
  | 'vacation'
  | 'acknowledgement'
  | 'challenge'
  | 'left'
  | 'unread'
  | 'automatic'
  | 'filter'
  | 'moderation'
  | 'failure'
  | 'until'
  | 'until-before'
  | 'person'
  | 'new-address';

/** Phrases of automatic replies, a language a row. Words may go on behind a phrase, so stems do. */
const PHRASES: readonly { readonly language: string; readonly means: Meaning; readonly says: string }[] = [
  {
    language: 'en',
    means: 'vacation',
    says:
      'out of office|out of the office|out-of-office|away from the office|away from my desk|away from my mail|not in the office' +
      '|on vacation|on holiday|on annual leave|on parental leave|on maternity leave|on paternity leave|on sick leave|on leave' +
      "|on a business trip|currently away|am away|i'm away|i'm out|is away|be away|travelling until|traveling until|limited access to e-mail|limited access to email" +
      '|limited access to my email|intermittent access|no access to my e|not be reading|will not be checking|when i return|upon my return' +
      '|on my return|when i get back|when i am back|be back on|be back in the office|return to the office|returning to the office|office is closed|closed until|closed for the|closed from|is closed|are closed|will be closed' +
      '|offices are closed|out sick|unable to read your|sabbatical|i am out until|am currently out|be out of town|not available until',
  },
  {
    language: 'de',
    means: 'vacation',
    says:
      'nicht im büro|geschlossen|verreist|nicht im hause|nicht im haus|außer haus|ausser haus|im urlaub|auf urlaub|bin abwesend|derzeit abwesend|zurzeit abwesend|zur zeit nicht|in elternzeit|im mutterschutz' +
      '|nicht erreichbar|wieder erreichbar|wieder für sie da|wieder im büro|bin wieder|nach meiner rückkehr|auf dienstreise|meiner abwesenheit|während meiner abwesenheit|betriebsferien|bis einschließlich|nicht am arbeitsplatz',
  },
  {
    language: 'fr',
    means: 'vacation',
    says: 'absent|je suis en congé|en congés|en vacances|hors du bureau|de retour le|à mon retour|dès mon retour|en déplacement|congé maternité|congé parental|serai de retour|fermeture annuelle|sont fermés|est fermé|serons fermés|pendant mon absence|en mon absence|indisponible',
  },
  {
    language: 'es',
    means: 'vacation',
    says: 'fuera de la oficina|fuera de oficina|de vacaciones|estoy ausente|me encuentro ausente|estaré ausente|a mi regreso|a mi vuelta|de baja|permiso de maternidad|no estaré disponible|no estoy disponible|durante mi ausencia|estaré de vuelta|no me encuentro|cerrado por vacaciones|permaneceremos cerrad',
  },
  {
    language: 'pt',
    means: 'vacation',
    says: 'fora do escritório|de férias|em férias|estou ausente|estarei ausente|ausente do escritório|quando regressar|no meu retorno|regresso no dia|retorno no dia|retornarei|licença maternidade|durante a minha ausência|minha ausência|fora da empresa',
  },
  {
    language: 'it',
    means: 'vacation',
    says: 'fuori ufficio|fuori sede|in ferie|sono assente|sarò assente|al mio rientro|al mio ritorno|in vacanza|rientrerò|in trasferta|in maternità|in mia assenza|durante la mia assenza|uffici sono chiusi|uffici resteranno chiusi|chiusura estiva',
  },
  {
    language: 'ca',
    means: 'vacation',
    says: "fora de l'oficina|de vacances|estic absent|estaré absent|a la meva tornada|quan torni",
  },
  {
    language: 'nl',
    means: 'vacation',
    says: 'niet op kantoor|zijn gesloten|is gesloten|gesloten van|afwezig|op vakantie|met vakantie|met verlof|met zwangerschapsverlof|weer bereikbaar|niet aanwezig|bij terugkomst|na mijn terugkeer|weer aanwezig|beperkt bereikbaar|buiten kantoor|ben ik terug|weer terug',
  },
  {
    language: 'sv',
    means: 'vacation',
    says: 'inte på kontoret|på semester|har semester|är ledig|föräldraledig|tjänsteresa|åter på kontoret|är tillbaka|frånvarande|ej på kontoret|åter den',
  },
  {
    language: 'da',
    means: 'vacation',
    says: 'ikke på kontoret|på ferie|holder ferie|er på barsel|er fraværende|tilbage på kontoret|er tilbage|ikke til stede|på forretningsrejse|afholder ferie',
  },
  {
    language: 'nb',
    means: 'vacation',
    says: 'ikke på kontoret|har ferie|på ferie|avvikler ferie|tilbake på kontoret|er tilbake|i permisjon|på tjenestereise|bortreist|er ute av kontoret',
  },
  {
    language: 'is',
    means: 'vacation',
    says: 'í sumarfríi|í fríi|ekki við|í orlofi|kem aftur|fjarverandi',
  },
  {
    language: 'fi',
    means: 'vacation',
    says: 'olen lomalla|lomalla|poissa|palaan|äitiyslomalla|vanhempainvapaalla|virkamatkalla|en ole tavoitettavissa|tavoitettavissa jälleen|takaisin töissä',
  },
  {
    language: 'et',
    means: 'vacation',
    says: 'olen puhkusel|puhkusel|kontorist ära|kontorist eemal|tagasi tööl|viibin puhkusel|lähetuses|kättesaadav alates',
  },
  {
    language: 'lv',
    means: 'vacation',
    says: 'esmu atvaļinājumā|atvaļinājum|neesmu birojā|ārpus biroja|atgriezīšos|komandējumā|prombūtn',
  },
  {
    language: 'lt',
    means: 'vacation',
    says: 'atostogauju|atostogose|ne biure|nesu biure|grįšiu|komandiruotėje|išvykęs|išvykusi',
  },
  {
    language: 'pl',
    means: 'vacation',
    says: 'poza biurem|na urlopie|nieobecn|przebywam na|w delegacji|urlopu|urlop macierzyński|wracam|powrocie|będę dostępn|nie ma mnie w biurze',
  },
  {
    language: 'cs',
    means: 'vacation',
    says: 'mimo kancelář|na dovolené|čerpám dovolenou|nejsem v kanceláři|jsem nepřítom|nepřítomn|po mém návratu|po návratu|na služební cestě|dovolenou',
  },
  {
    language: 'sk',
    means: 'vacation',
    says: 'mimo kancelárie|na dovolenke|čerpám dovolenku|nie som v kancelárii|neprítomn|po mojom návrate|služobnej ceste',
  },
  {
    language: 'hu',
    means: 'vacation',
    says: 'szabadságon|házon kívül|nem vagyok az irodában|nem tartózkodom|távol vagyok|leszek távol|visszatérésem|irodán kívül',
  },
  {
    language: 'ro',
    means: 'vacation',
    says: 'în concediu|nu sunt în birou|nu sunt la birou|plecat din birou|lipsesc din|revin la birou|mă întorc|concediu de|voi reveni',
  },
  {
    language: 'hr, sr, sl',
    means: 'vacation',
    says: 'na godišnjem|nisam u uredu|izvan ureda|van kancelarije|nisam u kancelariji|na odmoru|na dopustu|odsoten|odsotna|nisem v pisarni|odsutan|odsutna|na službenom putu|vraćam se|po vrnitvi|на годишњем одмору|нисам у канцеларији',
  },
  {
    language: 'bg',
    means: 'vacation',
    says: 'в отпуск|извън офиса|отсъствам|ще отсъствам|няма да бъда в офиса|не съм в офиса',
  },
  {
    language: 'ru',
    means: 'vacation',
    says: 'в отпуске|отпуск|вне офиса|отсутствую|буду отсутствовать|в командировке|нет на месте|после возвращения|на больничном|вернусь|нахожусь вне|нет в офисе|не в офисе',
  },
  {
    language: 'uk',
    means: 'vacation',
    says: 'у відпустці|відпустк|поза офісом|відсутн|у відрядженні|повернуся|не в офісі|після повернення',
  },
  {
    language: 'el',
    means: 'vacation',
    says: 'εκτός γραφείου|σε άδεια|απουσιάζω|θα απουσιάζω|θα επιστρέψω|σε διακοπές|λείπω|επιστροφή μου',
  },
  {
    language: 'tr',
    means: 'vacation',
    says: 'ofis dışında|izindeyim|izinde|yıllık iz|tatildeyim|ofiste değilim|ofiste olmayacağım|iş seyahatinde|döndüğümde|dönüşümde|doğum izn',
  },
  {
    language: 'he',
    means: 'vacation',
    says: 'מחוץ למשרד|בחופשה|לא במשרד|נמצא בחופש|נמצאת בחופש|אשוב|בחופשת',
  },
  {
    language: 'ar, fa',
    means: 'vacation',
    says: 'خارج المكتب|في إجازة|إجازة|غير متواجد|سأعود|مرخصی|خارج از دفتر',
  },
  {
    language: 'ja',
    means: 'vacation',
    says: '不在にし|不在とし|不在の|不在です|休暇|夏季休業|年末年始|冬季休業|休業させて|出張中|出張の|外出し|休みをいただ|お休みを|育児休業|産休|オフィスを離れ|戻り次第|帰社',
  },
  {
    language: 'zh',
    means: 'vacation',
    says: '不在办公室|不在辦公室|休假|假期|出差|外出|正在度假|年假|产假|產假|无法及时回复|無法及時回覆|无法及时处理|回来后|回來後|假期自动回复|暂时无法|暫時無法|不在公司|病假',
  },
  {
    language: 'ko',
    means: 'vacation',
    says: '부재중|부재 중|휴가|출장|자리를 비|사무실에 없|복귀|육아휴직|연차',
  },
  {
    language: 'vi, id, ms, th, hi',
    means: 'vacation',
    says: 'nghỉ phép|đi công tác|không có mặt|vắng mặt|sedang cuti|di luar kantor|tidak berada di kantor|sedang bercuti|di luar pejabat|ไม่อยู่ที่สำนักงาน|ลาพักร้อน|ลาพัก|ไม่อยู่ที่ออฟฟิศ|ลางาน|अवकाश पर|छुट्टी पर|कार्यालय से बाहर',
  },
  {
    language: 'eu, gl, ga, cy, mt, sq, mk, ka',
    means: 'vacation',
    says: "bulegotik kanpo|oporretan|estou de vacacións|as láthair|allan o'r swyddfa|barra mill-uffiċċju|jashtë zyrës|me pushime|на одмор|надвор од канцеларија|შვებულებაში",
  },

  {
    language: 'en',
    means: 'acknowledgement',
    says:
      'have received your|has been logged|opened on your behalf|has been opened for you|has been received and|will read your|got your email|got your request|got your message|automatically generated in response|has received your|we received your|your request has been received|your message has been received|your email has been received|your e-mail has been received' +
      '|thank you for contacting|thanks for contacting|thank you for your message|thank you for your email|thank you for your e-mail|thanks for your email|thank you for reaching out|thanks for reaching out|thank you for writing|thank you for getting in touch' +
      '|will get back to you|will respond to you|will reply to you|get back to you as soon|respond as soon as|ticket has been created|ticket has been opened|ticket number|ticket id|case number|case has been|has been assigned|your ticket|reference number|automatic acknowledg|automated acknowledg|acknowledge receipt|confirm receipt|confirms receipt|business days|working days|opening hours|within 24 hours|within 48 hours',
  },
  {
    language: 'de',
    means: 'acknowledgement',
    says: 'vielen dank für ihre nachricht|vielen dank für ihre e-mail|vielen dank für ihre anfrage|danke für ihre nachricht|danke für ihre anfrage|haben ihre nachricht erhalten|haben ihre e-mail erhalten|haben ihre anfrage erhalten|ihre nachricht erhalten|ihre anfrage ist bei uns eingegangen|bei uns eingegangen|eingang ihrer|ticketnummer|vorgangsnummer|schnellstmöglich|so schnell wie möglich|werden uns in kürze|wurde ein ticket',
  },
  {
    language: 'fr',
    means: 'acknowledgement',
    says: 'bien reçu votre|avons bien reçu|accusons réception|votre message a bien été reçu|votre demande a bien été|votre demande a été enregistrée|merci de nous avoir contact|dans les meilleurs délais|dans les plus brefs délais|numéro de ticket|numéro de dossier',
  },
  {
    language: 'es, ca, gl',
    means: 'acknowledgement',
    says: 'hemos recibido su|hemos recibido tu|gracias por contactar|gracias por ponerse en contacto|gracias por escribir|su solicitud ha sido|le responderemos|a la mayor brevedad|número de caso|número de ticket|acusamos recibo|lo antes posible|hem rebut el',
  },
  {
    language: 'pt',
    means: 'acknowledgement',
    says: 'recebemos a sua|recebemos o seu|recebemos sua|recebemos seu|obrigado por entrar em contato|obrigado pelo seu contacto|agradecemos o seu contacto|agradecemos o contato|responderemos|número do protocolo|o mais breve possível|foi registada|foi registrada',
  },
  {
    language: 'it',
    means: 'acknowledgement',
    says: 'abbiamo ricevuto la|abbiamo ricevuto il|grazie per averci contattat|la sua richiesta|la tua richiesta|numero di ticket|le risponderemo|ti risponderemo|il prima possibile|presa in carico|nel più breve tempo',
  },
  {
    language: 'nl',
    means: 'acknowledgement',
    says: 'hebben uw bericht|hebben uw e-mail|hebben je bericht|uw bericht ontvangen|uw e-mail ontvangen|bedankt voor uw bericht|bedankt voor je bericht|dank voor uw bericht|ticketnummer|zaaknummer|zo snel mogelijk|zo spoedig mogelijk|in goede orde ontvangen',
  },
  {
    language: 'sv, da, nb, fi, is',
    means: 'acknowledgement',
    says: 'har tagit emot ditt|har mottagit ditt|tack för ditt meddelande|tack för ditt mejl|ärendenummer|återkommer så snart|har modtaget din|tak for din|sagsnummer|vender tilbage|har mottatt din|takk for din|saksnummer|kommer tilbake til deg|olemme vastaanottaneet|kiitos viestistäsi|kiitos yhteydenotostasi|vastaamme|móttekið',
  },
  {
    language: 'pl, cs, sk, hu, ro, hr, sl',
    means: 'acknowledgement',
    says: 'otrzymaliśmy|dziękujemy za wiadomość|dziękujemy za kontakt|zgłoszenie zostało|numer zgłoszenia|obdrželi jsme|děkujeme za vaši|váš požadavek|číslo požadavku|dostali sme|ďakujeme za|megkaptuk|köszönjük megkeresését|köszönjük levelét|ügyszám|am primit mesajul|vă mulțumim pentru|numărul tichetului|zaprimili smo|primili smo|prejeli smo|zahvaljujemo',
  },
  {
    language: 'ru, uk, bg, sr',
    means: 'acknowledgement',
    says: 'ваше обращение|ваш запрос|ваше письмо получено|получили ваше|спасибо за обращение|номер обращения|номер заявки|ваша заявка|ваше звернення|дякуємо за звернення|отримали ваш|получихме ваш|благодарим ви|примили смо',
  },
  {
    language: 'el, tr, he, ar',
    means: 'acknowledgement',
    says: 'λάβαμε το|έχουμε λάβει|ευχαριστούμε για την επικοινωνία|talebiniz alın|mesajınız alın|mesajınızı aldık|bize ulaştığınız için|talep numara|en kısa sürede|פנייתך התקבלה|קיבלנו את|תודה על פנייתך|מספר פנייה|لقد تلقينا|تم استلام|شكرا لتواصل',
  },
  {
    language: 'ja, zh, ko, th, vi, id',
    means: 'acknowledgement',
    says: 'お問い合わせいただき|お問い合わせを受け付け|お問い合わせありがとう|受け付けました|受付いたしました|受領いたしました|受付番号|已收到您的|已经收到|我们已收到|收到您的邮件|已收到你的|已收到您|工单号|工单编号|我們已收到|已收到來信|문의가 접수|접수되었습니다|문의해 주셔서|메일을 잘 받았|ได้รับอีเมล|ได้รับข้อความ|đã nhận được|telah menerima|telah kami terima',
  },

  {
    language: 'en',
    means: 'challenge',
    says:
      'not in my list of allowed senders|not in my allowed senders|verify that you are a real person|verify that you are human|verify you are human|prove that you are human|prove that you are not|confirm that you are not a spammer|confirm that you are a human|confirm that you are a person|confirm you are a real' +
      '|your message has been held|your message is being held|your message is awaiting|your message is waiting|message will be delivered once|message will be delivered as soon as you|message will be released|release your message|has been held because|to have it delivered|if you do not confirm|is being held because the address|has not been verified|respond to this confirmation|confirm your address once|held pending|quarantined until you|awaiting your verification|awaiting confirmation from you|complete the verification|one-time verification|one time verification|verify your email in order|request for verification' +
      '|requires verification of|requires that you verify|to have your message delivered|to deliver your message|added to the guest list|approved sender|approved senders list|challenge-response|challenge/response|reply to this confirmation',
  },
  {
    language: 'others',
    means: 'challenge',
    says: 'bestätigen sie, dass sie kein|ihre nachricht wird zugestellt, sobald|um ihre nachricht zuzustellen|authentifizieren sie sich|vous authentifier|confirmer que vous êtes|pour que votre message soit|votre message sera délivré|votre message est en attente|expéditeur autorisé|confirmar que usted|para que su mensaje sea entregado|su mensaje está retenido|lista de remitentes|anti-spam uol|confirmar sua mensagem|para que sua mensagem|sua mensagem está aguardando|il suo messaggio sarà consegnato|per far recapitare|bevestig dat u|uw bericht wordt afgeleverd zodra|подтвердите, что вы|чтобы ваше письмо было доставлено',
  },

  {
    language: 'en',
    means: 'left',
    says:
      'no longer work|no longer with|no longer employed|no longer at|no longer part of|has left the company|have left the company|left the company|left our company|has left the organi|have left the organi|is leaving the|left the firm|has retired|have retired|my last day' +
      '|no longer in use|no longer monitored|no longer active|no longer being used|no longer use this|no longer using this|no longer valid|no longer in service|has been discontinued|has been decommissioned|address has changed|email has changed|e-mail has changed|changed my email|changed my e-mail|new email address|new e-mail address|moved to a new address|update your address book|update your records|update your contact|closed this account|has passed away|will no longer be read|this mailbox is closed',
  },
  {
    language: 'de',
    means: 'left',
    says: 'nicht mehr für|nicht mehr im unternehmen|nicht mehr bei|nicht mehr tätig|nicht mehr beschäftigt|unternehmen verlassen|firma verlassen|ausgeschieden|im ruhestand|neue e-mail-adresse|neue mailadresse|neue emailadresse|neuen e-mail-adresse|adresse hat sich geändert|adresse geändert|nicht mehr gültig|nicht mehr aktiv|nicht mehr verwendet|nicht mehr genutzt|nicht mehr gelesen|nicht mehr abgerufen|in den ruhestand|in pension gegangen|in rente gegangen|pensioniert',
  },
  {
    language: 'fr',
    means: 'left',
    says: "ne travaille plus|ne fait plus partie|ne fais plus partie|a quitté la société|a quitté l'entreprise|ai quitté|a quitté ses fonctions|n'est plus utilisée|n'est plus valide|n'est plus active|n'est plus consultée|n'est plus en service|changé d'adresse|nouvelle adresse|mettre à jour votre carnet|à la retraite|pris ma retraite|en retraite",
  },
  {
    language: 'es, pt, it, ca',
    means: 'left',
    says: "ya no trabaja|ya no trabajo|ha dejado la empresa|ya no está en uso|ya no está activ|ya no es válida|nueva dirección de correo|nuevo correo|nueva cuenta de correo|he cambiado de|já não trabalha|não trabalha mais|não faz mais parte|deixou a empresa|novo endereço|novo e-mail|não está mais em uso|foi desativad|non lavora più|non fa più parte|ha lasciato la società|ha lasciato l'azienda|nuovo indirizzo|non è più attiv|non è più in uso|non è più valid|ja no treballa|me he jubilado|se ha jubilado|me jubilé|aposentei|aposentou|in pensione|sono in pensione",
  },
  {
    language: 'nl, sv, da, nb, fi',
    means: 'left',
    says: 'niet meer werkzaam|werkt niet meer|niet langer werkzaam|niet meer in gebruik|niet langer in gebruik|nieuw e-mailadres|nieuwe e-mailadres|mijn nieuwe adres|uit dienst|gått i pension|på pension|pensionerad|gikk av med pensjon|gått av med pensjon|eläkkeelle|eläkkeellä|byttet e-postadresse|byttet epostadresse|bytt e-postadress|skiftet e-mailadresse|blir ikke lenger lest|leses ikke lenger|läses inte längre|læses ikke længere|met pensioen|arbetar inte längre|jobbar inte längre|slutat på|har slutat|används inte längre|används ej|ny e-postadress|ny mejladress|arbejder ikke længere|ikke længere ansat|fratrådt|ny mailadresse|ny e-mailadresse|jobber ikke lenger|ikke lenger ansatt|har sluttet|ny e-postadresse|er ikke lenger i bruk|ei ole enää|en työskentele enää|uusi sähköposti',
  },
  {
    language: 'pl, cs, sk, hu, ro, hr',
    means: 'left',
    says: 'przeszłam na emeryturę|przeszedłem na emeryturę|na emeryturze|nie są już czytane|nie jest już czytan|konto zostanie usunięte|adres zostanie usunięty|do důchodu|v důchodu|do dôchodku|nyugdíj|m-am pensionat|s-a pensionat|nie pracuje już|już nie pracuj|nie pracuję już|nowy adres|adres nie jest już|już nie pracuje|už nepracuj|již nepracuj|nová adresa|novou adresu|nem dolgozik|már nem dolgozom|új e-mail cím|új címem|nu mai lucr|noua adres|adresa nouă|više ne radi',
  },
  {
    language: 'ru, uk, bg, el, tr',
    means: 'left',
    says: 'на пенсию|на пенсии|на пенсію|emekli old|emekliyim|больше не работа|уволил|новый адрес|сменил адрес|адрес изменился|адрес больше не|почтовый ящик больше не|більше не працю|нова адреса|вече не работи|нов адрес|δεν εργάζεται πλέον|νέα διεύθυνση|artık çalışm|işten ayrıl|ayrılmıştır|yeni e-posta',
  },
  {
    language: 'ja, zh, ko, he, ar',
    means: 'left',
    says: '退職|退社いたし|異動と|異動いたし|メールアドレスが変更|メールアドレスを変更|新しいメールアドレス|新アドレス|使用しておりません|使われておりません|已离职|已經離職|离职|離職|新邮箱|新的邮箱|邮箱已更换|邮箱已变更|已停用|不再使用|퇴사|퇴직|새 이메일|새로운 이메일|메일 주소가 변경|עזב את|עזבה את|כתובת חדשה|لم يعد يعمل|عنواني الجديد',
  },

  {
    language: 'many',
    means: 'automatic',
    says: 'automatic reply|automatic answer|automatic response|automated reply|automated response|automated answer|auto-reply|autoreply|auto reply|auto-response|autoresponder|automatically generated reply|automatically generated response|replied automatically|answered automatically|automatische antwort|automatisch erzeugte antwort|automatisch generierte antwort|réponse automatique|respuesta automática|resposta automática|risposta automatica|automatisch antwoord|automatiskt svar|automatisk svar|automaattinen vastaus|automatyczna odpowiedź|odpowiedź automatyczna|automatická odpověď|automatická odpoveď|automatikus válasz|răspuns automat|automatski odgovor|samodejni odgovor|автоматический ответ|автоответ|автоматична відповідь|αυτόματη απάντηση|otomatik yanıt|otomatik cevap|自動返信|自動応答|自动回复|自动答复|自動回覆|자동 회신|자동 응답|자동회신|자동응답|מענה אוטומטי|תשובה אוטומטית|رد تلقائي',
  },
  {
    language: 'many',
    means: 'unread',
    says: "not monitored|is unmonitored|isn't monitored|does not accept replies|cannot receive replies|not accept incoming|replies to this address are not|do not reply to this|wird nicht gelesen|keine antworten auf diese|n'est pas consultée|no se supervisa|não é monitorad|non è presidiat|wordt niet gelezen|送信専用|不接受回复",
  },

  {
    language: 'en',
    means: 'filter',
    says: 'virus was found in|virus found in|virus detected in|contained a virus|contains a virus|contained the virus|infected with|was infected|found to contain a virus|virus in a message|virus in an email|virus in your|attachment was removed|attachment has been removed|attachment you sent|attachments were removed|removed the attachment|blocked attachment|message you sent contain|message that you sent contain|email you sent contain|e-mail you sent contain|violates our content|content filter has|filter rule triggered',
  },
  {
    language: 'others',
    means: 'filter',
    says: 'enthielt einen virus|enthält einen virus|ein virus gefunden|virus gefunden|contenait un virus|contient un virus|contenía un virus|contiene un virus|conteneva un virus|continha um vírus|bevatte een virus|zawierała wirusa|wirusa|содержит вирус|содержало вирус|обнаружен вирус|ウイルスが検出|ウィルスが検出|ウイルスを検出|病毒',
  },
  {
    language: 'en',
    means: 'moderation',
    says: 'awaits moderator approval|is being held until|held until the list moderator|waiting for approval|awaiting approval|awaiting moderation|pending moderation|submitted to the moderator|forwarded to the moderator|has been sent to the moderator|moderators of the list|moderated list|moderated group|needs to be approved|post is being reviewed|must be approved by',
  },
  {
    language: 'others',
    means: 'moderation',
    says: "moderator genehmigt|wartet auf die genehmigung|wartet auf freigabe|freigabe durch den moderator|en attente de modération|attente d'approbation|approbation du modérateur|a la espera de aprobación|aprobación del moderador|approvazione del moderatore|wacht op goedkeuring|goedkeuring van de moderator|ожидает одобрения|модератора",
  },

  {
    language: 'en',
    means: 'failure',
    says: "could not be delivered|couldn't be delivered|cannot be delivered|can not be delivered|can't be delivered|could not deliver|couldn't deliver|cannot deliver|unable to deliver|undeliverable|undelivered|not be delivered|was not delivered|wasn't delivered|were not delivered|not been delivered|not delivered to|delivery failed|delivery failure|delivery has failed|delivery to the following|failed to deliver|failed permanently|failed delivery|delivery error|delivery status notification|permanent error|permanent failure|fatal error|user unknown|unknown user|no such user|returned mail|returned to sender|returned to you|returning your message|message was rejected|message has been rejected|message was refused|has been blocked|mailbox is full|mailbox full|over quota|exceeded its quota|did not reach|transcript of session|recipient rejected|unrouteable|address not found|bounced|will be retried|still trying|delivery delayed|has been delayed|temporary problem",
  },
  {
    language: 'others',
    means: 'failure',
    says: "nicht zugestellt|unzustellbar|zustellung fehlgeschlagen|nicht zustellbar|konnte nicht ausgeliefert|n'a pas pu être|n'a pu être|échec de la remise|non remis|non délivré|no se ha podido entregar|no se pudo entregar|no ha podido entregarse|no pudo ser entregado|não foi possível entregar|não pôde ser entregue|não foi entregue|impossibile recapitare|non è stato possibile recapitare|non è stato recapitato|non è stato consegnato|kon niet worden|niet afgeleverd|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|nie można dostarczyć|nie została dostarczona|nie dostarczono|nelze doručit|nebylo možné doručit|nedoručitel|nem kézbesíthető|не доставлено|не может быть доставлено|не удалось доставить|не было доставлено|teslim edilemedi|配信できません|配信不能|送信できません|送信できなかった|届けられません|配達できません|无法送达|未送达|退信|无法投递|投递失败|無法傳遞|無法投遞|전송 실패|배달되지|보내지 못|전송되지",
  },

  {
    language: 'Latin',
    means: 'until',
    says: "until|till|through|back on|back in the office on|return on|returning on|returning to the office on|return to the office on|returning|return to work on|back at work on|back from|be back|bis einschließlich|bis zum|bis einschl.|bis|wieder ab|ab dem|wieder am|zurück am|erreichbar ab|jusqu'au|jusqu'à|de retour le|retour le|à partir du|hasta el|hasta|de vuelta el|regreso el|regresaré el|até|regresso a|retorno em|retorno no dia|regresso no dia|retornarei em|retornarei no dia|fino al|fino a|rientrerò il|rientro il|di ritorno il|fins al|fins el|tot en met|t/m|t.e.m.|tot|weer aanwezig op|terug op|till och med|t.o.m.|åter den|tillbaka den|til og med|t.o.m|til den|tilbage den|tilbake den|tilbake|tilbage|saakka|asti|palaan|kuni|tagasi alates|līdz|atgriezīšos|iki|grįšiu|do dnia|do|wracam|až do|do konce|-ig|pana pe|pana la|până la|până pe|revin pe|la data de|vraćam se|до|по|вернусь|έως|μέχρι|επιστρέψω στις|tarihine kadar|עד|حتى|至|到|直到|đến|hingga|sampai|ถึงวันที่|ถึง",
  },
  {
    language: 'ja, ko, tr, fi, hu',
    means: 'until-before',
    says: 'まで|迄|까지|tarihine kadar|tarihinde|saakka|asti|-ig|より通常|に戻り|以降|回到|返回|回來|回来|恢复上班|leszek újra|leszek ismét|jövök vissza|복귀',
  },
  {
    language: 'many',
    means: 'person',
    says: "contact|reach|e-mail|email|write to|get in touch|urgent|emergenc|immediate assistance|assistance|forward|my colleague|please call|wenden sie sich|dringend|vertretung|vertritt|kontakt|weitergeleitet|adressez-vous|joindre|s'adresser|urgence|diríjase|escriba|póngase|dirigirse|urgenc|urgente|urgenza|rivolger|scriv|contatt|contatar|contate|contacte|neem|dringende|spoed|brådskande|hastende|haster|kiireel|yhteys|pilnych|sprawach|skontakt|nalehav|naléhav|obraťte|surgos|sürgős|keresse|kirjuta|pöördu|rašykite|kreipkitės|rakstiet|sazināties|pišite|пишите|пишете|kontaktir|acil|durumlarda|iletişim|срочн|обращайтесь|обратитесь|связаться|свяжіться|терміново|звертайтес|спешни|επικοινων|επείγ|דחוף|לפנות|عاجل|للحالات|يرجى التواصل|緊急|お急ぎ|ご連絡|宛に|代わりに|紧急|急事|请联系|联系|緊急事務|聯絡|聯繫|문의|연락|급한|긴급|liên hệ|hubungi|menghubungi|ติดต่อ",
  },
  {
    language: 'many',
    means: 'new-address',
    says: "new email|new e-mail|new address|new mail address|has changed to|changed to|moved to|now reach me|reach me at|reached at|please use|use instead|instead|from now on|henceforth|please write to|please contact|please email|neue e-mail|neue adresse|neue mail|neuen adresse|ab sofort|künftig|stattdessen|bitte nutzen|bitte verwenden|wenden sie sich|nouvelle adresse|désormais|dorénavant|contacter|adressez|nueva dirección|nuevo correo|a partir de ahora|novo endereço|novo e-mail|passe a usar|nuovo indirizzo|d'ora in poi|nieuwe e-mailadres|nieuw e-mailadres|nieuwe adres|voortaan|ny e-post|ny mail|nya adress|uusi sähköposti|nowy adres|nová adresa|nova adresa|új cím|új e-mail|adresa nouă|noua adres|новый адрес|нова адреса|нов адрес|νέα διεύθυνση|yeni e-posta|yeni adres|新しいメールアドレス|新アドレス|新メールアドレス|下記アドレス|以下のアドレス|新邮箱|新的邮箱|新邮件地址|새 이메일|새로운 이메일|변경된 메일|כתובת חדשה|عنواني الجديد",
  },
];

export interface Hit {
  readonly means: Meaning;
  readonly phrase: string;
  /** Place in `folded`. */
  readonly start: number;
  readonly end: number;
}

interface Phrase {
  readonly text: string;
  readonly means: Meaning;
}

/** Phrases by their first three letters, or what a phrase has. */
const BY_START = new Map<string, Phrase[]>();
for (const { means, says } of PHRASES) {
  for (const phrase of says.split('|')) {
    const text = fold(phrase);
    const key = text.slice(0, 3);
    const list = BY_START.get(key);
    if (list === undefined) BY_START.set(key, [{ text, means }]);
    else list.push({ text, means });
  }
}

/** Every phrase in a folded text, in its order, in one pass. In scripts that part words a phrase starts where a word starts. */
export function readPhrases(folded: string): Hit[] {
  const hits: Hit[] = [];
  let inWord = false;
  for (let start = 0; start < folded.length; start++) {
    const letter = isLetter(folded.charCodeAt(start));
    if (!(letter && inWord)) {
      addHits(folded, start, BY_START.get(folded.slice(start, start + 3)), hits);
      addHits(folded, start, BY_START.get(folded.slice(start, start + 2)), hits);
      addHits(folded, start, BY_START.get(folded[start] as string), hits);
    }
    inWord = letter;
  }
  return hits;
}

function addHits(folded: string, start: number, phrases: readonly Phrase[] | undefined, hits: Hit[]): void {
  if (phrases === undefined) return;
  for (const { text, means } of phrases) {
    if (!folded.startsWith(text, start)) continue;
    const end = start + text.length;
    const goesOn = isLetter(folded.charCodeAt(end)) && isLetter(folded.charCodeAt(end - 1));
    if (goesOn && WHOLE.has(means)) continue;
    hits.push({ means, phrase: text, start, end });
  }
}

/** Short words that mean something only as whole words. */
const WHOLE: ReadonlySet<Meaning> = new Set<Meaning>(['until', 'until-before']);

/** Latin, Greek and Cyrillic letters, and digits. Hebrew and Arabic write articles and prepositions onto the word. */
function isLetter(unit: number): boolean {
  if (unit < 128) return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
  return (unit >= 0xdf && unit <= 0x24f) || (unit >= 0x370 && unit <= 0x58f);
}
