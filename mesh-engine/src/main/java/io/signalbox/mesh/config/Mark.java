package io.signalbox.mesh.config;

/** A place in a document; lines and columns are counted from 1. */
record Mark(int line, int column) {

    static final Mark START = new Mark(1, 1);

    /** As messages say it: {@code line 7, column 14}. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
