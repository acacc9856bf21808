import { render } from 'preact';
import './style.css';
import { App } from './view/app.js';

render(<App />, document.querySelector('#app')!);
