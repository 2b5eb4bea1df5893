import './start.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/newsreader/wght.css';
import './base.css';
import { openClient } from '../lib/client.ts';
import { openWindow } from './window.tsx';

const place = document.getElementById('window');
if (place) openWindow(place, openClient());
