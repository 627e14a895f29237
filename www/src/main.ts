import { defineElement } from './element';

defineElement();
