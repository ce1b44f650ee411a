/* Part of sanitized programs only (our_targets.cmake). */
int dlclose(void* library) {
  (void)library;
  return 0;
}
