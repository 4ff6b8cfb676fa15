// What every page has. Pages add their own modules in {% block scripts %}.
import './requests.js';
import './theme.js';
import './keys.js';
import './palette.js';

export { announce } from './announce.js';
export { toast } from './toast.js';
export { bind } from './keys.js';
export { glide } from './glide.js';
