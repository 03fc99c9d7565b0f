// Shows what the server sends to this browser, and opens it. Nothing is cached: the desk needs the network.
self.addEventListener('push', (event) => {
  const { id, title, body, url, urgent } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag: id,
      data: { url },
      requireInteraction: urgent,
      icon: '/icons/field-192.png',
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.url);
  event.waitUntil(
    (async () => {
      const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const desk = open.find((one) => new URL(one.url).pathname.startsWith('/desk'));
      if (desk === undefined) return self.clients.openWindow(target.pathname + target.search);
      await desk.focus();
      return desk.navigate(target.pathname + target.search).catch(() => self.clients.openWindow(target.href));
    })(),
  );
});
