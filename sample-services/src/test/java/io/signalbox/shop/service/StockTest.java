package io.signalbox.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.shop.line.Dialler;
import io.signalbox.shop.line.LineNeighbours;
import io.signalbox.shop.line.LinePort;
import io.signalbox.shop.line.LineReply;
import io.signalbox.shop.line.LineService;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockTest {

    private final StockRoom room = new StockRoom(Range.load());
    private final Stock stock = new Stock(room, new Pace(Chance.of(1, "stock-1"), _ -> {}));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private String answer(String line) {
        return switch (stock.answer(line)) {
            case LineReply.Line(String text) -> text;
            case LineReply.Last(String text) -> text + " and closed";
            case LineReply.Cut(String beginning) -> beginning + " and cut";
        };
    }

    @Test
    void aReservationTakesFromTheShelf() {
        assertThat(answer("LEVEL pears")).isEqualTo("OK 500");
        assertThat(answer("RESERVE pears 3 o-1")).isEqualTo("OK 497");
        assertThat(answer("LEVEL pears")).isEqualTo("OK 497");
    }

    @Test
    void anOrderThatAsksAgainGetsTheSameAnswerAndTakesNothing() {
        assertThat(answer("RESERVE pears 3 o-1")).isEqualTo("OK 497");
        assertThat(answer("RESERVE pears 3 o-2")).isEqualTo("OK 494");
        assertThat(answer("RESERVE pears 3 o-1")).isEqualTo("OK 497");
        assertThat(answer("LEVEL pears")).isEqualTo("OK 494");
    }

    @Test
    void whatIsNotThereIsShortAndStaysThere() {
        assertThat(answer("RESERVE pears 501 o-1")).isEqualTo("SHORT 500");
        assertThat(answer("LEVEL pears")).isEqualTo("OK 500");
    }

    @Test
    void aShelfThatRunsLowIsFilledUp() {
        assertThat(answer("RESERVE pears 400 o-1")).isEqualTo("OK 100");
        assertThat(answer("RESERVE pears 1 o-2")).isEqualTo("OK 99");
        assertThat(answer("LEVEL pears")).isEqualTo("OK 500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        LEVEL a-car              ; ERR item: a-car (expected: an item's id)
        RESERVE a-car 1 o-1      ; ERR item: a-car (expected: an item's id)
        RESERVE pears 0 o-1      ; ERR n: 0 (expected: 1..9999)
        RESERVE pears -1 o-1     ; ERR n: -1 (expected: 1..9999)
        RESERVE pears 1          ; ERR command: RESERVE (expected: RESERVE item n order | LEVEL item | QUIT)
        GET / HTTP/1.1           ; ERR command: GET (expected: RESERVE item n order | LEVEL item | QUIT)
        QUIT; BYE and closed
        """)
    void everyOtherLineIsAnsweredByWhatWasExpected(String line, String expected) {
        assertThat(answer(line)).isEqualTo(expected);
    }

    @Test
    void whoAsksReservesThroughAConnection() {
        try (LinePort port = LinePort.open("stock-1", stock, threads);
                LineNeighbours neighbours = neighbours(port)) {
            StockDesk desk = new StockDesk(neighbours.pool("stock"));
            assertThat(desk.reserve("pears", 2, "o-1")).isEqualTo(498);
            assertThatThrownBy(() -> desk.reserve("pears", 600, "o-2"))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(409))
                    .hasMessage("pears: 600 (in stock: 498)");
            assertThatThrownBy(() -> desk.reserve("a-car", 1, "o-3")).isInstanceOf(NeighbourFailure.class);
        }
    }

    @Test
    void aNameThatWouldBeAnotherCommandIsRefusedBeforeItIsSent() {
        try (LineNeighbours neighbours = new LineNeighbours(_ -> {
            throw new AssertionError("nothing may be dialled");
        })) {
            StockDesk desk = new StockDesk(neighbours.pool("stock"));
            assertThatThrownBy(() -> desk.reserve("pears", 1, "o-1\nRESERVE pears 99 o-2"))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgainAndNothingIsTakenTwice() {
        AtomicInteger asked = new AtomicInteger();
        LineService cutsTheFirst = line -> {
            LineReply reply = stock.answer(line);
            return asked.incrementAndGet() == 1 ? new LineReply.Cut("OK 4") : reply;
        };
        try (LinePort port = LinePort.open("stock-1", cutsTheFirst, threads);
                LineNeighbours neighbours = neighbours(port)) {
            assertThat(new StockDesk(neighbours.pool("stock")).reserve("pears", 2, "o-1"))
                    .isEqualTo(498);
            assertThat(asked).hasValue(2);
            assertThat(room.level("pears")).isEqualTo(498);
        }
    }

    @Test
    void twoAnswersThatBreakOffAreAFailure() {
        try (LinePort port = LinePort.open("stock-1", _ -> new LineReply.Cut("O"), threads);
                LineNeighbours neighbours = neighbours(port)) {
            assertThatThrownBy(() -> new StockDesk(neighbours.pool("stock")).reserve("pears", 2, "o-1"))
                    .isInstanceOf(NeighbourFailure.class)
                    .hasMessageStartingWith("stock is unavailable");
        }
    }

    private static LineNeighbours neighbours(LinePort port) {
        return new LineNeighbours(
                Dialler.by(_ -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number())));
    }
}
