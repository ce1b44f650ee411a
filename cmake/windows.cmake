# The program for Windows 10 and later, cross-compiled by mingw-w64 (cmake --preset windows): one file that needs nothing
# beside it.
add_compile_definitions(_WIN32_WINNT=0x0A00 NOMINMAX WIN32_LEAN_AND_MEAN _USE_MATH_DEFINES
  TOML_ENABLE_WINDOWS_COMPAT=0)
# GCC aligns the stack to 16 bytes there, and moves wider vectors as if it were aligned to theirs (GCC bug 54412): the
# assembler writes moves that take any address. Joined sources have more sections than a small object holds.
add_compile_options(-Wa,-muse-unaligned-vector-move -Wa,-mbig-obj)
# The libraries of the compiler and of threads are inside, and threads have as much stack as on Linux.
add_link_options(-static -Wl,--stack,8388608)

function(iem_windows_program)
  set(made ${CMAKE_BINARY_DIR}/windows)
  set(IEM_MANIFEST ${made}/iemlab.manifest)
  set(IEM_ICON ${CMAKE_SOURCE_DIR}/assets/packaging/iemlab.ico)  # iemlab.svg in several sizes
  string(REPLACE "." "," IEM_VERSION_COMMAS ${PROJECT_VERSION})
  configure_file(${CMAKE_SOURCE_DIR}/cmake/windows/iemlab.manifest ${IEM_MANIFEST} @ONLY)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/windows/iemlab.rc.in ${made}/iemlab.rc @ONLY)
  add_executable(iemlab app/main_windows.cpp app/window_hooks.cpp
    app/windows/thread_end.cpp app/windows/utf8_names.cpp ${made}/iemlab.rc)
  target_compile_definitions(iem_gui PRIVATE _POSIX_THREAD_SAFE_FUNCTIONS)  # localtime_r
  target_link_libraries(iem_core PUBLIC bcrypt)
  target_link_libraries(iem_gui PUBLIC gdiplus ole32)
  target_link_libraries(iemlab PRIVATE iem_cli iem_gui iem_flags)
  target_link_options(iemlab PRIVATE -Wl,--wrap=mbrtowc)  # app/windows/utf8_names.cpp
  set_target_properties(iemlab PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()

# Beside the program lie the licences, which it also shows itself.
function(iem_windows_install)
  install(TARGETS iemlab RUNTIME DESTINATION .)
  install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION . RENAME LICENSE.txt)
  install(DIRECTORY ${IEM_LICENCE_FOLDER} DESTINATION .)
endfunction()
