/** The site's own page. */

import './vpc-playground';
