#include "core/system/unfinished.h"

#include <array>
#include <atomic>
#include <cstring>
#include <utility>

#include "core/system/files.h"

namespace iem {
namespace {

// Where a signal handler can read it: `used` is set last.
struct Slot {
  std::atomic<bool> taken = false, used = false;
  std::atomic<int> files = -1;  // of a folder; -1: it is none
  char name[kLongestName];
};
std::array<Slot, 16> slots;

constexpr std::size_t kRoom = sizeof(NumberedName::text) + 1;  // for a slash and a file in a folder

void remove_folder(const Slot& slot) noexcept {
  char name[kLongestName];
  const std::size_t length = std::strlen(slot.name);
  std::memcpy(name, slot.name, length);
  name[length] = '/';
  for (int i = 1; i <= slot.files; ++i) {
    const NumberedName file = numbered_name(i);
    std::memcpy(name + length + 1, file.text, std::strlen(file.text) + 1);
    remove_file_now(name);
  }
  remove_folder_now(slot.name);
}

}  // namespace

// Short, so that a name of 255 bytes can be written too.
std::string unforeseeable_name() {
  std::array<unsigned char, 12> bytes;
  if (!random_bytes(bytes.data(), bytes.size())) return {};
  std::string name(kUnfinished);
  for (const unsigned byte : bytes)
    name += "0123456789abcdef"[byte >> 4], name += "0123456789abcdef"[byte & 15];
  return name;
}

NumberedName numbered_name(int number) noexcept {
  NumberedName out{"frame-"};
  int digits = 4;
  for (int rest = number / 10000; rest > 0; rest /= 10) ++digits;
  std::size_t at = std::strlen(out.text) + static_cast<std::size_t>(digits);
  std::memcpy(out.text + at, ".png", 5);
  for (; digits > 0; --digits, number /= 10) out.text[--at] = static_cast<char>('0' + number % 10);
  return out;
}

Unfinished::Unfinished(const std::string& name) {
  if (name.size() + kRoom >= kLongestName) return;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[i];
    if (slot.taken.exchange(true)) continue;
    std::memcpy(slot.name, name.c_str(), name.size() + 1);
    slot.files = -1;
    slot.used = true;
    slot_ = static_cast<int>(i);
    return;
  }
}

Unfinished::Unfinished(Unfinished&& other) noexcept : slot_(std::exchange(other.slot_, -1)) {}

Unfinished& Unfinished::operator=(Unfinished&& other) noexcept {
  std::swap(slot_, other.slot_);
  other.forget();
  return *this;
}

void Unfinished::holds(int count) {
  if (slot_ >= 0) slots[static_cast<std::size_t>(slot_)].files = count;
}

void Unfinished::forget() {
  if (slot_ < 0) return;
  Slot& slot = slots[static_cast<std::size_t>(std::exchange(slot_, -1))];
  slot.used = false;
  slot.taken = false;
}

void remove_unfinished_files() noexcept {
  for (const Slot& slot : slots) {
    if (!slot.used) continue;
    if (slot.files < 0)
      remove_file_now(slot.name);
    else
      remove_folder(slot);
  }
}

}  // namespace iem
