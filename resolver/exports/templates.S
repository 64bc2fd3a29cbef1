// The templates as read-only octets of the library: name, NUL, text, NUL.
        .macro  template name
        .asciz  "\name"
        .incbin "\name\().mustache"
        .byte   0
        .endm

        .section .rodata,"a",%progbits
        .globl  mailconf_export_templates
        .hidden mailconf_export_templates
        .type   mailconf_export_templates, %object
        .globl  mailconf_export_templates_end
        .hidden mailconf_export_templates_end
mailconf_export_templates:
        template "aerc"
        template "alpine"
        template "claws-mail"
        template "environment"
        template "evolution"
        template "fetchmail"
        template "getmail6"
        template "himalaya"
        template "isync"
        template "msmtp"
        template "mutt"
        template "neomutt"
        template "nodemailer"
        template "offlineimap"
mailconf_export_templates_end:
        .size   mailconf_export_templates, . - mailconf_export_templates

        .section .note.GNU-stack,"",%progbits
