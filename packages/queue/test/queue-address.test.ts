import { queueAddress } from '../src/index.js';

test('addresses have a host, a port, a database and perhaps encryption', () => {
  expect(queueAddress('redis://localhost')).toEqual({
    host: 'localhost',
    port: 6379,
    database: 0,
    tls: false,
    name: 'redis://localhost:6379',
  });
  expect(queueAddress('rediss://[::1]:7000/2')).toMatchObject({
    host: '::1',
    port: 7000,
    database: 2,
    tls: true,
    name: 'rediss://[::1]:7000/2',
  });
});

test('a password in the URL is refused and not repeated', () => {
  for (const url of [
    'redis://user:secret@host',
    'redis://:secret@host:1',
    'redis://secret@host',
    'redis://a:secret@ho st',
  ])
    try {
      queueAddress(url);
      throw new Error('it was taken');
    } catch (error) {
      expect((error as Error).message).toContain('REDIS_PASSWORD');
      expect((error as Error).message).not.toContain('secret');
    }
});

test.each([
  'localhost:6379',
  'http://host',
  'redis://',
  'redis://host/x',
  'redis://host?password=1',
  '',
])('%s is none', url => {
  expect(() => queueAddress(url)).toThrow('expected redis://HOST:PORT');
});
