// A page starts no other programs.
#include "app/export/animation/film_program.h"

namespace iem {

bool is_on_path(std::string_view /*program*/) { return false; }

class FilmProgram::Process {};

FilmProgram::FilmProgram(std::vector<std::string> words) {
  refuse_to_start(words.front(), "a page starts no other programs");
}
FilmProgram::~FilmProgram() = default;
bool FilmProgram::write(std::string_view /*bytes*/) { return false; }
std::optional<std::string> FilmProgram::finish() { return {}; }
std::string FilmProgram::complaints() { return {}; }

}  // namespace iem
