# The page, and the command line for node, by Emscripten: WebAssembly with its own exceptions and 128-bit vectors. Without
# threads any web server may hand it out; a second program, with threads, is for pages that are cross-origin isolated.
option(IEMLAB_WEB_THREADS "Compile the page's program with threads" OFF)
set(CMAKE_EXECUTABLE_SUFFIX .js)
add_compile_options(-fwasm-exceptions -msimd128)
add_link_options(-fwasm-exceptions -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB)
if(IEMLAB_WEB_THREADS)
  # Threads stand ready from the start, since the browser makes none while the program waits for one. Where all are taken
  # a thread is refused, and whoever wanted it does the work (core/base/executor.h). Shared memory must say how far it may
  # grow; that calls from JavaScript into a memory that grows are slow, as the warning says, does not count here.
  add_compile_options(-pthread)
  add_link_options(-pthread -sPTHREAD_POOL_SIZE_STRICT=2 -sMAXIMUM_MEMORY=1GB -Wno-pthreads-mem-growth)
  set(IEM_WEB_PROGRAM iemlab-threads)
  set(IEM_WEB_PAGE_OPTIONS -sENVIRONMENT=web,worker -sPTHREAD_POOL_SIZE=iemMostThreads)  # app/web/start.js
  set(IEM_WEB_NODE_OPTIONS -sENVIRONMENT=node,worker -sPTHREAD_POOL_SIZE=8)
else()
  set(IEM_WEB_PROGRAM iemlab)
  set(IEM_WEB_PAGE_OPTIONS -sENVIRONMENT=web)
  set(IEM_WEB_NODE_OPTIONS -sENVIRONMENT=node)
endif()

# The bytes of a file as base64.
function(iem_base64 result file)
  execute_process(COMMAND base64 --wrap=0 ${file} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

function(iem_web_programs)
  # What a desktop's answer remembers, a page's may not use.
  target_compile_options(iem_gui PRIVATE -Wno-unused-private-field)
  add_executable(iemlab-node app/main_node.cpp)
  target_link_libraries(iemlab-node PRIVATE iem_cli iem_flags)
  target_link_options(iemlab-node PRIVATE ${IEM_WEB_NODE_OPTIONS} -sNODERAWFS=1 -sEXIT_RUNTIME=1)
  set_target_properties(iemlab-node PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

  # The page's own scripts, with what they must know of the program.
  set(web ${CMAKE_SOURCE_DIR}/app/web)
  set(made ${CMAKE_BINARY_DIR}/web)
  file(STRINGS ${CMAKE_SOURCE_DIR}/core/system/unfinished.h IEM_UNFINISHED REGEX "kUnfinished =")
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" IEM_UNFINISHED "${IEM_UNFINISHED}")
  iem_base64(IEM_ICON ${CMAKE_SOURCE_DIR}/assets/packaging/iemlab.svg)
  configure_file(${web}/index.html ${made}/index.html @ONLY)
  foreach(script files hands start page)
    configure_file(${web}/${script}.js ${made}/${script}.js @ONLY)
  endforeach()

  add_executable(iemlab-page app/main_web.cpp)
  target_link_libraries(iemlab-page PRIVATE iem_gui iem_flags)
  target_link_options(iemlab-page PRIVATE ${IEM_WEB_PAGE_OPTIONS}
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sINITIAL_MEMORY=64MB -sFORCE_FILESYSTEM=1
    -sEXPORTED_FUNCTIONS=_main,_iem_open,_iem_state,_iem_leave,_iem_finger,_iem_two_fingers,_iem_wants_text,_iem_type,_iem_link,_malloc,_free
    --pre-js=${made}/files.js --pre-js=${made}/hands.js --pre-js=${made}/start.js --js-library=${made}/page.js)
  set_target_properties(iemlab-page PROPERTIES OUTPUT_NAME ${IEM_WEB_PROGRAM} RUNTIME_OUTPUT_DIRECTORY ${made}
    LINK_DEPENDS "${made}/files.js;${made}/hands.js;${made}/start.js;${made}/page.js")

  # What is put on a server: three files, and two of the program with threads (cmake/web.sh).
  set(folder ${CMAKE_BINARY_DIR}/iemlab-web)
  add_custom_target(iemlab-web ALL
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${made}/index.html ${made}/${IEM_WEB_PROGRAM}.js ${folder}
    COMMAND gzip --best --no-name --stdout ${made}/${IEM_WEB_PROGRAM}.wasm > ${folder}/${IEM_WEB_PROGRAM}.wasm.gz
    DEPENDS iemlab-page VERBATIM)
endfunction()
