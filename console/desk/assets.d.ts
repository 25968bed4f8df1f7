/** What Vite takes out of the script into a style sheet of its own. */
declare module '*.css';
