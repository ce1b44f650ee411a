// std::from_chars, also where the standard library has it for whole numbers only (LLVM's before version 20).
#pragma once

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace iem {

// By strtod, to the rules of std::from_chars: no blanks, no plus, no hexadecimal digits; what is too large or
// too small for a double is result_out_of_range and leaves `value` alone. The program keeps the locale "C".
inline std::from_chars_result read_by_strtod(const char* first, const char* last, double& value) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const char* digits = first != last && *first == '-' ? first + 1 : first;
  const bool begins = digits != last && (is_digit(*digits) || is_letter(*digits) || *digits == '.');
  const char* end = digits;
  for (; end != last && begins; ++end) {
    if (end == digits + 1 && *digits == '0' && (*end == 'x' || *end == 'X')) break;
    if (!is_digit(*end) && !is_letter(*end) &&
        std::string_view("+-.()_").find(*end) == std::string_view::npos)
      break;
  }
  const std::string text(first, end);  // strtod wants a zero behind it
  char* stop = nullptr;
  const int error_before = std::exchange(errno, 0);
  const double read = std::strtod(text.c_str(), &stop);
  const bool out_of_range = std::exchange(errno, error_before) == ERANGE && (std::isinf(read) || read == 0);
  const auto length = stop - text.c_str();
  if (!begins || length == 0) return {first, std::errc::invalid_argument};
  if (out_of_range) return {first + length, std::errc::result_out_of_range};
  value = read;
  return {first + length, {}};
}

template <class Number>
std::from_chars_result read_number(const char* first, const char* last, Number& value) {
  return std::from_chars(first, last, value);
}

#ifndef __cpp_lib_to_chars
template <>
inline std::from_chars_result read_number(const char* first, const char* last, double& value) {
  return read_by_strtod(first, last, value);
}
#endif

}  // namespace iem
