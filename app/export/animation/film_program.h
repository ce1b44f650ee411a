// Another program under way that makes a film of raw frames: they go to its standard input, and the film is
// there when it has ended. film_program.cpp is for POSIX, windows/film_program.cpp for Windows; a page starts
// no programs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

bool is_on_path(std::string_view program);

class FilmProgram {
 public:
  // The word that stands for the file it writes.
  static constexpr std::string_view kFilm = "<film>";

  // The program's name and its arguments. Throws InputError (kind missing) when it cannot be started.
  explicit FilmProgram(std::vector<std::string> words);
  ~FilmProgram();  // ends it
  FilmProgram(const FilmProgram&) = delete;
  FilmProgram& operator=(const FilmProgram&) = delete;

  // False once it has gone.
  bool write(std::string_view bytes);
  // Waits for its end. The film; none where it says that it has failed. Throws InputError (kind io) when the
  // film cannot be read back whole.
  std::optional<std::string> finish();
  // Waits for its end. What it wrote on standard error.
  std::string complaints();

 private:
  class Process;
  std::unique_ptr<Process> process_;
};

// "ffmpeg cannot be started: why"
[[noreturn]] void refuse_to_start(const std::string& program, const std::string& why);
// "the film cannot be read back: why"
[[noreturn]] void refuse_part_of_film(const std::string& why);

}  // namespace iem
