import { resolve } from 'node:path';
import { defineConfig, passthroughImageService } from 'astro/config';

// The build command (src/cli/build.ts) sets the folders of the site being built; this file says what is the same for all.
export default defineConfig({
  publicDir: resolve(process.env.STATUS_SITE || '.', 'public'),
  cacheDir: './.cache/astro',
  // Just these paths, so that relative links that name files work on any host and from disk.
  // Two at a time: more only wait for each other at the same folder while pages are restored.
  build: { format: 'preserve', inlineStylesheets: 'always', concurrency: 2 },
  trailingSlash: 'ignore',
  // Two routes for one path: one incident would hide another.
  prerenderConflictBehavior: 'error',
  // Pictures are made by the build itself; nothing is fetched or converted.
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  markdown: { syntaxHighlight: false },
  security: {
    csp: {
      // The script asks the page's own host for build.json.
      directives: [
        "default-src 'none'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ],
      // Without a source here Astro adds 'self'. 'report-sample' allows nothing, so that only the hashes do.
      styleDirective: { resources: ["'report-sample'"] },
      scriptDirective: { resources: ["'report-sample'"] },
    },
  },
  experimental: { incrementalBuild: true },
});
