#include <windows.h>

#include "core/system/memory_room.h"

namespace iem {

bool has_memory_for(std::size_t bytes) {
  void* room = VirtualAlloc(nullptr, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_NOACCESS);
  if (room == nullptr) return false;
  VirtualFree(room, 0, MEM_RELEASE);
  return true;
}

}  // namespace iem
