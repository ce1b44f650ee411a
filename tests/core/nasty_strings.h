// Titles, names and paths as a stranger might write them: each means something to a language the program
// writes. Everything that puts text somewhere is tested with this one list.
#pragma once

#include <string>
#include <vector>

namespace iem::test {

inline const std::vector<std::string>& nasty_strings() {
  static const std::vector<std::string> all = {
      // Python: the end of a docstring, of a line, of an escape
      "x\"\"\"\r\rimport os; os.system('touch PWNED')\rdef g():\r    \"\"\"",
      "\"\"\"; __import__('os').system('touch PWNED'); \"\"\"",
      "'''\nimport os\n'''",
      "C:\\users\\new \\N{BULLET} \\x",
      "ends with a quote\"",
      "ends with a backslash\\",
      "# -*- coding: utf-7 -*- +AAoAIA-",
      // C++: the end of a comment line, a line that goes on, what was a backslash once
      "x\r#error INJECTED\r//",
      "*/ int main() { return 1; } /*",
      "goes on \\\nhere",
      "what ?\?/\nnow ?\?/",
      // TeX
      "$\\immediate\\openin5=/etc/hostname \\read5 to\\z\\typeout{LEAKED: \\z}$",
      "\\input{/etc/passwd} \\write18{id} %",
      "a\r\\input{/etc/passwd}",
      "^^5cinput ^^M\\end{document} #1 & ~ _ { } [ ]",
      "} \\catcode`\\$=12 {",
      "$xxxxxxxxxxxxxxxxxxxxxxxxxx\\frac$",
      "$$ \\def\\x{\\x\\x}\\x $$",
      "Costs $5 to $10",
      "50% of a_b & c -- !`?` \"quoted\"",
      // XML and HTML
      "</svg><script>alert(1)</script> ]]> <!-- & &amp; ' \"",
      "a\xEF\xBF\xBE"
      "b\xEF\xBF\xBF"
      "c",
      // terminals
      std::string("\x1b]0;owned\x07 \x1b[31mred\x1b[2J", 22),
      "overwritten\rby this",
      "one\ntwo\n\tthree",
      "C1: \xC2\x9B"
      "31m \xC2\x90q\xC2\x9C DEL \x7f",
      std::string("nul \0 inside", 12),
      // the direction of reading, and what cannot be seen
      "\xE2\x80\xAE"
      "txt.exe \xE2\x81\xA6 \xE2\x81\xA9 \xE2\x80\x8F",
      "line\xE2\x80\xA8"
      "paragraph\xE2\x80\xA9"
      "end \xEF\xBB\xBF \xF3\xA0\x81\x81",
      // tables
      "=cmd|' /C calc'!A0",
      "a,\"b\";c\td",
      // formats and paths
      "%s%n%x {} {0}",
      "../../etc/passwd",
      "iem1:AAAA",
      // ordinary, and to be kept as it is
      "Pinguine \xC3\xA4\xC3\xB6\xC3\xBC \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x90\xA7",
  };
  return all;
}

// The same, and bytes that are no UTF-8.
inline std::vector<std::string> nasty_bytes() {
  std::vector<std::string> all = nasty_strings();
  for (const char* bytes :
       {"caf\xe9", "\xff\xfe", "\xc3", "cut \xe2\x82", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80"})
    all.emplace_back(bytes);
  return all;
}

}  // namespace iem::test
