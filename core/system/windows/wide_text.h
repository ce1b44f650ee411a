// Between the program's UTF-8 and the wide characters of Windows (there alone), and its errors in errno's
// numbers.
#pragma once

#include <string>
#include <string_view>

namespace iem {

std::wstring wide_text(std::string_view utf8);
std::string utf8_text(std::wstring_view wide);

// The number in errno, or to go there, of what GetLastError() says; always returns false.
int errno_of_last_error();
bool failed_by_last_error();

}  // namespace iem
