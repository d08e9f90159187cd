// The page's styles, in the order of their cascade.
import './tokens.css';
import './base.css';
import './controls.css';
import './panels.css';
import './time.css';
import '../app/header.css';
import '../session/session.css';
import '../search/search.css';
import '../stream/stream.css';
import '../journey/journey.css';
import '../journey/headline.css';
import '../journey/legs.css';
import '../journey/timeline.css';
import '../journey/claim.css';
import './print.css';
