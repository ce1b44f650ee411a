// What is fuzzed: one function a reader, in targets/NAME.cpp, that gives it arbitrary bytes. The only way out
// besides success is InputError with a message of one line; whatever is accepted must keep its promises. A
// broken promise ends the process (IEM_CHECK), as an error found by a sanitizer does.
//
// libFuzzer searches through them (./test --fuzz), and every test run passes their corpora through them
// (corpus_test.cpp). Adding one: targets/NAME.cpp, a line in kTargets, a folder of seeds in corpus/, and if
// it has telling words a dictionaries/NAME.dict.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/utf8.h"

namespace iem::fuzz {

void scene(std::string_view bytes);
void assignment(std::string_view bytes);  // what --set and --at take
void csv(std::string_view bytes);
void npy(std::string_view bytes);
void session(std::string_view bytes);
void state_string(std::string_view bytes);  // also as it is found in an exported figure
void formula(std::string_view bytes);
void lesson(std::string_view bytes);  // and what a session keeps of one
void title(std::string_view bytes);   // of a scene, in everything it is written to

struct Target {
  const char* name;
  void (*run)(std::string_view bytes);
};
inline constexpr std::array kTargets = {
    Target{"scene", scene},     Target{"assignment", assignment}, Target{"csv", csv},
    Target{"npy", npy},         Target{"session", session},       Target{"state_string", state_string},
    Target{"formula", formula}, Target{"title", title},           Target{"lesson", lesson}};

// What stands in an error is made harmless where it is printed; here it must be one line of text.
template <class Read>
void expect_value_or_one_line(const Read& read) {
  try {
    read();
  } catch (const InputError& error) {
    const std::string_view line = error.what();
    IEM_CHECK(!line.empty() && line.size() < 1000 && line.find('\n') == std::string_view::npos);
    IEM_CHECK(invalid_utf8(line) == line.size());
  }
}

}  // namespace iem::fuzz
