# Emscripten's own toolchain file, wherever Emscripten is installed (em-config of any of its distributions knows).
execute_process(COMMAND em-config EMSCRIPTEN_ROOT OUTPUT_VARIABLE emscripten OUTPUT_STRIP_TRAILING_WHITESPACE
  RESULT_VARIABLE missing ERROR_QUIET)
if(missing)
  message(FATAL_ERROR "The page is compiled by Emscripten 3.1.69 or newer, and there is none here: ./run --web brings one.")
endif()
include(${emscripten}/cmake/Modules/Platform/Emscripten.cmake)
