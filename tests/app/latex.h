// Reading TeX figures by LaTeX, where there is one.
#pragma once

#include <string>

#include "tests/app/command.h"

namespace iem::test {

inline bool has_latex(const Folder& folder) {
  return shell(folder, "kpsewhich pgfplots.sty standalone.cls > /dev/null && command -v pdflatex").code == 0;
}

inline Outcome latex(const Folder& folder, const std::string& file) {
  return shell(folder, "pdflatex -interaction=nonstopmode -halt-on-error " + file);
}

// A paper that reads a fragment, with the preamble that fragments ask for.
inline void write_paper(const Folder& folder, const std::string& paper, const std::string& body) {
  folder.write(paper,
               "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\usepackage{pgfplots}\n"
               "\\usepgfplotslibrary{groupplots}\n\\pgfplotsset{compat=1.16}\n\\usetikzlibrary{backgrounds}\n"
               "\\begin{document}\n" +
                   body + "\n\\end{document}\n");
}

}  // namespace iem::test
