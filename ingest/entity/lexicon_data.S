// The tables of the lexicon as read-only data of the program (ingest/entity/lexicon.cc searches them in place).
#define TABLE(name, file)          \
    .global dossier_##name##_begin; \
    .type dossier_##name##_begin, @object; \
dossier_##name##_begin:            \
    .incbin file;                  \
    .global dossier_##name##_end;  \
    .type dossier_##name##_end, @object; \
dossier_##name##_end:              \
    .byte 0

    .section .rodata
    TABLE(gazetteer, DOSSIER_GAZETTEER)
    TABLE(nouns, DOSSIER_LEXICON_NOUNS)
    TABLE(verbs, DOSSIER_LEXICON_VERBS)
    TABLE(names, DOSSIER_LEXICON_NAMES)
    TABLE(frames, DOSSIER_LEXICON_FRAMES)
    TABLE(hand, DOSSIER_LEXICON_HAND)
    TABLE(name_types, DOSSIER_NAME_TYPES)
    TABLE(notice, DOSSIER_NOTICE)
    .section .note.GNU-stack, "", @progbits
