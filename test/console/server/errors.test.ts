import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import fastify from 'fastify';
import { answerErrors } from '../../../src/console/server/errors';

describe('console: what fails', () => {
  it('is logged with where it happened, and without what anybody said', async () => {
    let logged = '';
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged += chunk.toString();
        done();
      },
    });
    const server = fastify({ logger: { level: 'error', stream } });
    answerErrors(server);
    server.get('/', () => JSON.parse('mi dni es 12345678Z') as object);
    const answer = await server.inject('/');
    await server.close();
    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body + logged, /dni|12345678/);
    assert.match(logged, /"errorName":"SyntaxError"/);
    assert.match(logged, /errors\.test\.ts/);
  });
});
