// Styles and scripts → wwwroot/dist. ES2019 and no CSS newer than Chromium 86: bank desks run browsers of that age.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'wwwroot', 'dist');
mkdirSync(out, { recursive: true });

const scss = {
  name: 'scss',
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const { css, loadedUrls } = sass.compile(path, {
        loadPaths: [join(here, '..', 'node_modules', '@tabler', 'core', 'scss')],
        quietDeps: true,
      });
      return { contents: css, loader: 'css', resolveDir: dirname(path), watchFiles: loadedUrls.map(fileURLToPath) };
    });
  },
};

const options = {
  bundle: true,
  minify: true,
  logLevel: 'info',
  legalComments: 'none',
  outdir: out,
  plugins: [scss],
  entryPoints: [
    { in: join(here, 'js', 'app.js'), out: 'app' },
    { in: join(here, 'js', 'charts.js'), out: 'charts' },
    { in: join(here, 'css', 'app.scss'), out: 'app' },
  ],
  format: 'iife',
  target: ['es2019', 'chrome86'],
};

if (process.argv.includes('--watch')) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}
