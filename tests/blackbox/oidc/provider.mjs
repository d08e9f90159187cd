// An OpenID provider on 127.0.0.1 for test_identity.py: node provider.mjs PORT CALLBACK_URL. Prints "ready" once it listens.
//
// People sign in with any name (the provider's own development pages ask for it); the client "machine" gets JWT access tokens for whatever
// resource it asks for. POST /test/rotate signs with new keys from then on and publishes only those.
import http from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
let generation = 0;

async function signingKeys() {
  generation += 1;
  const keys = [];
  for (const alg of ['RS256', 'ES256']) {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    keys.push({ ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg}-${generation}` });
  }
  return keys;
}

async function makeProvider() {
  return new Provider(issuer, {
    jwks: { keys: await signingKeys() },
    cookies: { keys: ['not a secret: a test'] },
    clients: [
      { client_id: 'fairway', client_secret: 'fairway-secret', redirect_uris: [callback] },
      {
        client_id: 'machine',
        client_secret: 'machine-secret',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `${id} at the provider`, email: `${id}@provider.example` }),
    }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          scope: 'api',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
}

let answer = (await makeProvider()).callback();
const server = http.createServer(async (request, response) => {
  if (request.method === 'POST' && request.url === '/test/rotate') {
    answer = (await makeProvider()).callback();
    response.writeHead(204).end();
    return;
  }
  answer(request, response);
});
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
