import { plumblineApp } from './plumbline-app.ts';

plumblineApp().synth();
