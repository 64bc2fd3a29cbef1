// The facts as read-only octets of the library: name, NUL, text, NUL.
        .macro  client name
        .asciz  "\name"
        .incbin "\name\().toml"
        .byte   0
        .endm

        .section .rodata,"a",%progbits
        .globl  mailconf_client_facts
        .hidden mailconf_client_facts
        .type   mailconf_client_facts, %object
        .globl  mailconf_client_facts_end
        .hidden mailconf_client_facts_end
mailconf_client_facts:
        client "aerc"
        client "apple-mail"
        client "claws-mail"
        client "delta-chat"
        client "em-client"
        client "evolution"
        client "fairemail"
        client "geary"
        client "kmail"
        client "mailspring"
        client "nextcloud-mail"
        client "outlook"
        client "thunderbird"
        client "thunderbird-android"
mailconf_client_facts_end:
        .size   mailconf_client_facts, . - mailconf_client_facts

        .section .note.GNU-stack,"",%progbits
