// Decides which formulas are passed to MicroTeX. Its parser reads past the end of a source that lacks
// arguments of its last command, keeps definitions beyond a formula, and recurses into nested groups without
// a limit.
#pragma once

#include <cstddef>
#include <string_view>

namespace iem::paint {

constexpr std::size_t kLongestFormula = 4000;  // bytes

// True for well-formed UTF-8 of at most that length and 60 levels in which every brace, \left and script is
// complete, every command has its arguments, and every command is a symbol, a named function or one of the
// commands listed in formula_source.cpp (fractions, roots, fonts, accents, spaces, sizes). Environments,
// definitions, colours, lengths and comments are not among them.
//
// Asks MicroTeX's own tables: it must have been started, and no other thread may be using it.
bool is_safe_formula(std::string_view tex);

}  // namespace iem::paint
