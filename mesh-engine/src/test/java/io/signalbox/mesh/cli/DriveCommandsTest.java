package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DriveCommandsTest {

    private static final String MEND = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: bank\n";

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        breaker open shoppers:catalog            | OPEN shoppers:catalog by mira          | 2 circuits of shoppers:catalog held open
        breaker close shoppers->catalog          | CLOSE shoppers->catalog by mira        | 2 circuits of shoppers->catalog closed
        breaker reset a-1:b-1 --reason night     | RESET a-1:b-1 by mira because night    | 2 circuits of a-1:b-1 reset
        fault on payment-burst                   | fault payment-burst ON by mira         | payment-burst is on
        fault off payment-burst                  | fault payment-burst OFF by mira        | payment-burst is off
        load 250                                 | load 250.0 by mira                     | load is 250 req/s
        load 0                                   | load 0.0 by mira                       | load is 0.0 req/s
        drain catalog-2                          | draining catalog catalog-2 ON by mira  | catalog-2 gets no new requests
        undrain catalog-2 --reason done          | draining catalog catalog-2 OFF by mira because done | catalog-2 gets requests again
        instance stop catalog-1                  | instance catalog-1 OFF by mira         | catalog-1 stopped
        instance start catalog-1                 | instance catalog-1 ON by mira          | catalog-1 started
        canary weight catalog v2=30              | weights catalog {v2=30 %} by mira      | catalog v2 is at 30 % / until now v1: asked 70 %, got 70.0 % (67.0–73.0) of 1000 / until now v2: asked 30 %, got 30.0 % (27.0–33.0) of 1000
        canary weight catalog v2=30% --reason go | weights catalog {v2=30 %} by mira because go | catalog v2 is at 30 % / until now v1: asked 70 %, got 70.0 % (67.0–73.0) of 1000 / until now v2: asked 30 %, got 30.0 % (27.0–33.0) of 1000
        delete catalog --reason old              | delete catalog by mira because old     | policy of catalog deleted; the defaults hold
        release billing-1 --reason done          | release billing-1 by mira because done | billing-1 left the mesh
        undo catalog --reason oops               | undo catalog by mira because oops      | policy of catalog is rev 5, as before its newest change
        """)
    void aCommandAsksTheMeshAndSaysWhatItDid(String command, String asked, String said) {
        assertThat(terminal.run(command.split(" ", -1))).isZero();

        assertThat(terminal.mesh.asked).containsExactly(asked);
        assertThat(terminal.lines()).containsExactly(said.split(" / ", -1));
        assertThat(terminal.errors()).isEmpty();
        assertThat(terminal.mesh.closed).isTrue();
    }

    @Test
    void adoptingPrintsTheLineThatSendsCallsThroughTheMesh() {
        assertThat(terminal.run("adopt", "9000", "--as", "billing:v2")).isZero();

        assertThat(terminal.mesh.asked).containsExactly("adopt billing:v2 at 9000 by mira");
        assertThat(terminal.lines())
                .containsExactly(
                        "billing-1 is in the mesh: a sidecar stands before port 9000",
                        "its calls go through the mesh with:",
                        "  export http_proxy=http://127.0.0.1:20002",
                        "it leaves with:",
                        "  signalbox release billing-1");
    }

    @Test
    void switchingAFaultOnSaysWhatBecameOfPoliciesAndWhatMendsIt() {
        terminal.mesh.picture = Fixtures.withFault(Switch.ON, MEND, "policies it needs are in force: bank rev 2");

        assertThat(terminal.run("fault", "on", "bank-429")).isZero();

        assertThat(terminal.lines())
                .containsExactly(
                        "bank-429 is on",
                        "  policies it needs are in force: bank rev 2",
                        "  what mends it: signalbox fault mend bank-429");
    }

    @Test
    void whatIsOnIsMendedByItsOwnPoliciesWhichCanBePrintedAtAnyTime() {
        terminal.mesh.picture = Fixtures.withFault(Switch.ON, MEND, "");

        assertThat(terminal.run("fault", "mend", "bank-429")).isZero();
        assertThat(terminal.lines()).contains("policy of bank is rev 4");
        assertThat(terminal.mesh.asked).containsExactly("put bank by mira because mends bank-429");

        terminal.mesh.picture = Fixtures.withFault(Switch.OFF, MEND, "");
        assertThat(terminal.run("fault", "mend", "bank-429", "--print")).isZero();
        assertThat(terminal.out()).endsWith(MEND);
        assertThat(terminal.mesh.asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mend bank-429 | true  | fault: bank-429, which is off (expected: on; signalbox fault on bank-429)
        mend bank-429 | false | fault: bank-429 (expected: one that a policy mends: )
        mend meteor   | true  | fault: meteor (expected: one of bank-429)
        """)
    void whatCannotBeMendedIsRefused(String command, boolean mendable, String why) {
        terminal.mesh.picture = Fixtures.withFault(Switch.OFF, mendable ? MEND : "", "");

        assertThat(terminal.run(("fault " + command).split(" ", -1))).isNotZero();
        assertThat(terminal.errors()).containsExactly("signalbox: " + why);
        assertThat(terminal.mesh.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        adopt 0 --as billing                   | port: 0 (expected: 1..65535)
        adopt 9000 --as Billing                | service: Billing (expected:
        adopt 9000 --as billing:               | version:  (expected:
        adopt 9000 --as billing --protocol ftp | protocol: ftp (expected: http | h2c | grpc | tcp)
        adopt 9000                             | Missing required option: '--as=NAME[:VERSION]'
        adopt web --as billing                 | Invalid value for positional parameter
        """)
    void whatCannotBeAdoptedIsRefusedBeforeTheMeshIsAsked(String command, String why) {
        assertThat(terminal.run(command.split(" ", -1))).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.mesh.asked).isEmpty();
        assertThat(terminal.errors()).first().asString().contains(why);
    }

    @Test
    void severalVersionsAreSetInOneGo() {
        assertThat(terminal.run("canary", "weight", "reviews", "v2=20", "v3=5")).isZero();

        assertThat(terminal.mesh.asked).containsExactly("weights reviews {v2=20 %, v3=5 %} by mira");
        assertThat(terminal.lines()).containsExactly("reviews v2 is at 20 %", "reviews v3 is at 5 %");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        v2       | share: v2 (expected: VERSION=PERCENT, such as v2=30)
        =30      | share: =30 (expected: VERSION=PERCENT, such as v2=30)
        v2=      | weight:  (expected: a whole number 0..100)
        v2=many  | weight: many (expected: a whole number 0..100)
        v2=12.5  | weight: 12.5 (expected: a whole number 0..100)
        v2=101   | weight: 101 (expected: 0..100)
        v2=-1    | weight: -1 (expected: 0..100)
        v2=1 v2=2 | share: v2=2 (expected: each version once)
        """)
    void weightsThatCannotBeAreRefusedBeforeTheMeshIsAsked(String shares, String why) {
        assertThat(terminal.run(("canary weight catalog " + shares).split(" ", -1)))
                .isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors()).containsExactly("signalbox: " + why);
        assertThat(terminal.mesh.asked).isEmpty();
    }

    @Test
    void anInstanceThatNobodyKnowsIsNotFound() {
        assertThat(terminal.run("drain", "catalog-9")).isEqualTo(ExitStatus.NOT_FOUND);

        assertThat(terminal.errors())
                .containsExactly("signalbox: instance: catalog-9 (expected: one of catalog-1, catalog-2)");
        assertThat(terminal.mesh.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"load many", "load -5", "load NaN", "load Infinity", "load"})
    void aLoadThatIsNoNumberIsUsage(String command) {
        assertThat(terminal.run(command.split(" ", -1))).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.mesh.asked).isEmpty();
        assertThat(terminal.out()).isEmpty();
    }
}
