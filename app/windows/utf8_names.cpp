// The standard library makes a wide name of a narrow one by this function of the C library, which takes each
// byte for a letter in the locale "C". All text in this program is UTF-8, and so is this, which the linker
// puts in its place (cmake/windows.cmake).
#include <cerrno>
#include <cstddef>
#include <cwchar>

namespace {

// The bytes after the first one that `lead` announces; -1 where no letter begins so.
int following(unsigned char lead) {
  return lead < 0x80                   ? 0
         : lead >= 0xC2 && lead < 0xE0 ? 1
         : lead >= 0xE0 && lead < 0xF0 ? 2
         : lead >= 0xF0 && lead < 0xF5 ? 3
                                       : -1;
}

constexpr auto kIncomplete = static_cast<std::size_t>(-2), kInvalid = static_cast<std::size_t>(-1);

std::size_t invalid() {
  errno = EILSEQ;
  return kInvalid;
}

}  // namespace

// A letter beyond U+FFFF takes two calls: the first reads three of its bytes and keeps its second half in
// `state` for the other, which reads the fourth.
extern "C" std::size_t __wrap_mbrtowc(wchar_t* out, const char* text, std::size_t size,
                                      std::mbstate_t* state) {
  static std::mbstate_t own_state = 0;
  std::mbstate_t& kept = state != nullptr ? *state : own_state;
  if (text == nullptr) return kept = 0, 0;
  if (size == 0) return kIncomplete;
  wchar_t ignored = 0;
  wchar_t& letter = out != nullptr ? *out : ignored;
  if (kept != 0) return letter = static_cast<wchar_t>(kept), kept = 0, 1;

  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const int more = following(byte(0));
  if (more < 0) return invalid();
  unsigned value = more == 0 ? byte(0) : byte(0) & (0x3FU >> more);
  for (std::size_t i = 1; i <= static_cast<std::size_t>(more); ++i) {
    if (i == size) return kIncomplete;
    if ((byte(i) & 0xC0U) != 0x80U) return invalid();
    value = value << 6 | (byte(i) & 0x3FU);
  }
  const bool too_long = (more == 2 && value < 0x800) || (more == 3 && value < 0x10000);
  if (too_long || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return invalid();
  if (value < 0x10000) {
    letter = static_cast<wchar_t>(value);
    return value == 0 ? 0 : static_cast<std::size_t>(more) + 1;
  }
  letter = static_cast<wchar_t>(0xD800 + ((value - 0x10000) >> 10));
  kept = static_cast<std::mbstate_t>(0xDC00 + (value & 0x3FF));
  return 3;
}
