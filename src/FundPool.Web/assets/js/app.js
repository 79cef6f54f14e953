// Every module binds itself to data- attributes and may be left out: the pages work without any of them.
import { start } from './parts.js';
import './htmx.js';
import './focus.js';
import './drawer.js';
import './menus.js';
import './flash.js';
import './inputs.js';
import './combobox.js';
import './confirm.js';
import './reveal.js';
import './upload.js';
import './autosave.js';
import './session.js';
import './kept.js';
import './unit.js';
import './stack.js';
import './check.js';
import './changed.js';
import './print.js';
import './compare.js';
import './batch.js';
import './chart-loader.js';

start();
