# One target a folder, so that an include which points the wrong way does not compile: a target sees its own folder and
# those it is linked to, under their names ("model/url.h"), and nothing else of the tree.
function(mailconf_layer folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(target mailconf_${folder})
  set(view ${CMAKE_BINARY_DIR}/layers/${folder})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${folder} ${view}/${folder} SYMBOLIC)
  list(TRANSFORM ARG_SOURCES PREPEND ${folder}/)
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${view})
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} mailconf_warnings)
endfunction()
