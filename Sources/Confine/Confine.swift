// Confine
