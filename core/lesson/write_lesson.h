// Changes the text of a lesson: a page is added, moved, removed, or begins at another moment. Everything else
// that its author wrote stays as it is, byte for byte: line ends, a byte order mark, comments, code.
//
// Every text that comes out has been read again (read_lesson.h) and says what was meant. What cannot be done
// is an InputError: a text that is no lesson, at its place; a first page without a scene; no page at all.
// Adding a page and removing it gives the same bytes, and so does moving it up and down.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace iem {

// A page that begins at a moment, with words that its author will replace.
struct NewPage {
  std::string heading, words;
  Moment moment;  // its places mean nothing
};

// A lesson of one page.
std::string new_lesson(const std::string& title, const NewPage& page);

// Pages are counted from 0; `file` is named in errors.
std::string with_page_behind(std::string_view text, const std::string& file, std::size_t page,
                             const NewPage& added);
std::string without_page(std::string_view text, const std::string& file, std::size_t page);
// `page` and the next one change places.
std::string with_pages_swapped(std::string_view text, const std::string& file, std::size_t page);
// The page begins at another moment. What it says itself of show, controls, lock, highlight and cover stays,
// and so do comments.
std::string with_moment(std::string_view text, const std::string& file, std::size_t page,
                        const Moment& moment);

// The lines of a moment, in TOML, each ended by `end`; what is not said, or is as it would be anyway, is left
// out.
std::string moment_text(const Moment& moment, std::string_view end = "\n");

}  // namespace iem
