# GLFW: window, and on its null platform with EGL an OpenGL context without any display.
set(GLFW_BUILD_EXAMPLES OFF)
set(GLFW_BUILD_TESTS OFF)
set(GLFW_BUILD_DOCS OFF)
set(GLFW_INSTALL OFF)
set(GLFW_LIBRARY_TYPE STATIC)
add_subdirectory(${IEM_TP}/glfw/glfw ${CMAKE_BINARY_DIR}/third_party/glfw EXCLUDE_FROM_ALL SYSTEM)
if(TARGET iem_window_headers)  # cmake/bundled.cmake
  target_link_libraries(glfw PRIVATE $<BUILD_INTERFACE:iem_window_headers>)
endif()
target_compile_options(glfw PRIVATE -w ${third_party_prefix_map} ${third_party_sanitize})

# glad: the OpenGL 3.3 core loader, generated. Debian's script is called by its path because it needs Debian's
# Python; --reproducible uses the specification it ships instead of downloading one.
set(glad_dir ${CMAKE_BINARY_DIR}/third_party/glad)
find_program(IEM_GLAD glad PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
add_custom_command(
  OUTPUT ${glad_dir}/src/gl.c ${glad_dir}/include/glad/gl.h
  COMMAND ${IEM_GLAD} --quiet --reproducible --api gl:core=3.3 --out-path ${glad_dir} c --loader
  COMMENT "Generating the OpenGL loader" VERBATIM)
file(MAKE_DIRECTORY ${glad_dir}/include)
iem_third_party_library(iem_glad SOURCES ${glad_dir}/src/gl.c ${glad_dir}/include/glad/gl.h
  INCLUDES ${glad_dir}/include LINK ${CMAKE_DL_LIBS})
