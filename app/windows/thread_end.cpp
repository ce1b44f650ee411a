// What a thread keeps for itself (thread_local) is destroyed when it ends. GCC for Windows keeps it in memory
// that it frees by a key of the thread, and destroys it by another; keys are looked at in the order in which
// they were made, and the memory's would be the first. So the other one is made before anything else of the
// program.
extern "C" int __cxa_thread_atexit(void (*destroy)(void*), void* object, void* library) noexcept;

namespace {

[[gnu::constructor(101)]] void make_key_of_destructors() {
  __cxa_thread_atexit([](void*) {}, nullptr, nullptr);
}

}  // namespace
