// A run as one line of text, to paste into a mail or to hide in a figure: "iem1:" and the session
// (session.h), compressed with zlib and written in base64url. Strings stay under 64 KiB. Where one would be
// longer, data written into the scene is left out, and opening such a string says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/run/run.h"

namespace iem {

constexpr std::size_t kLongestStateString = 64 << 10;

// Empty when not even a string without data is short enough. `whole` is told whether all data is in it.
std::string write_state_string(const Run& run, const Config& view, bool* whole = nullptr);

bool is_state_string(std::string_view text);  // begins like one

// The session inside; errors call the string `name`. White space in it (line breaks of a mail) is ignored.
std::string read_state_string(std::string_view text, const std::string& name);

// Whether files with this extension (".svg") hold a state string where find_state_string finds it.
bool may_carry_state(std::string_view extension);
std::string words_of_carriers();  // these extensions: ".json, .pdf and .svg"

// The state string inside an exported SVG, PDF, PNG or TeX, a state or the description of a table; empty when
// there is none.
std::string find_state_string(std::string_view file_bytes);

// A figure of several panels carries one for each, in their order. Where a panel has none (its run was too
// long for one) its place is empty.
std::string joined_state_strings(const std::vector<std::string>& of_panels);
// Those inside a file; one for a figure of one panel, none where there is none.
std::vector<std::string> find_state_strings(std::string_view file_bytes);

}  // namespace iem
