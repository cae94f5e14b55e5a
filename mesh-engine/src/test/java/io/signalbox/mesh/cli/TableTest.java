package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void aTableWithoutRowsIsItsHead() {
        assertThat(new Table("NAME", ">REQ/S").lines()).containsExactly("NAME  REQ/S");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("NAME", ">N", "NOTE");
        table.row("a", "1000", "x");
        table.row("longer-name", "1", "");

        assertThat(table.lines())
                .containsExactly("NAME            N  NOTE", "a            1000  x", "longer-name     1");
    }

    @Test
    void lettersBeyondTheBasicPlaneCountOnce() {
        Table table = new Table("NAME", "X");
        table.row("\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80", "y");

        assertThat(table.lines().getFirst()).isEqualTo("NAME   X");
    }
}
