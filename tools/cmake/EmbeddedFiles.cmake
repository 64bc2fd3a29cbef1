# The files of a folder that a pattern names become octets of a layer, between the symbols mailconf_<symbol> and
# mailconf_<symbol>_end; resolver/model/embedded.h reads them.
function(mailconf_embed layer symbol folder)
  list(TRANSFORM ARGN PREPEND ${folder}/ OUTPUT_VARIABLE patterns)
  file(GLOB files RELATIVE ${folder} CONFIGURE_DEPENDS ${patterns})
  list(TRANSFORM files REPLACE "(.+)" "        embedded \"\\1\"\n" OUTPUT_VARIABLE embedded)
  list(JOIN embedded "" embedded)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${symbol}.S)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EmbeddedFiles.S.in ${source} @ONLY)
  list(TRANSFORM files PREPEND ${folder}/)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}" COMPILE_OPTIONS "-Wa,-I${folder}")
  target_sources(mailconf_${layer} PRIVATE ${source})
endfunction()
