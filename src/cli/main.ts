console.log('bouncekit');
