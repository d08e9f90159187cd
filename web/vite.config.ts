import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The server's content security policy allows no data: scripts or styles, and a file of its own caches better.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Libraries change seldom: a browser keeps them over the portal's releases.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\//, priority: 2 },
            { name: 'libraries', test: /node_modules\//, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/v1': server, '/ledger': server, '/openapi.yaml': server },
  },
});
