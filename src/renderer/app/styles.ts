// Imported before anything else: the parts' own styles must come after the library's to win over them.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../ui/tokens.css';
import '../ui/base.css';
