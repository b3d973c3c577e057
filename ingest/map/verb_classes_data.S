// verb_classes.tsv as read-only data of the program (verb_classes.cc searches it in place).
    .section .rodata
    .global dossier_verb_classes_begin
    .type dossier_verb_classes_begin, @object
dossier_verb_classes_begin:
    .incbin DOSSIER_VERB_CLASSES
    .global dossier_verb_classes_end
    .type dossier_verb_classes_end, @object
dossier_verb_classes_end:
    .byte 0
    .section .note.GNU-stack, "", @progbits
