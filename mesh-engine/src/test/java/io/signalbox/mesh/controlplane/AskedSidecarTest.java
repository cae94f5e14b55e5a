package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.CircuitAnswer;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.ServiceKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sidecars in other processes that are asked something, and what becomes of it. */
final class AskedSidecarTest {

    private final TestMesh mesh = new TestMesh();
    private final AttachedSidecars attached = mesh.controlPlane.attached();
    private final AttachedSidecar cart = attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void whatItSaysItMovedIsTheAnswerAndNotMoreThanWasAsked() {
        CompletableFuture<Integer> asked =
                cart.breaker(List.of("catalog-1", "catalog-2"), BreakerCommand.OPEN, TestMesh.NOTE);

        attached.answered(new CircuitAnswer("cart", "cart-1", 1, 1_000_000, null));

        assertThat(asked).isCompletedWithValue(2);
    }

    @Test
    void anAnswerToAnotherQuestionIsNone() {
        CompletableFuture<Integer> asked = cart.breaker(List.of("catalog-1"), BreakerCommand.OPEN, TestMesh.NOTE);

        attached.answered(new CircuitAnswer("cart", "cart-1", 7, 1, null));

        assertThat(asked).isNotDone();
    }

    @Test
    void anotherServicesSidecarDoesNotAnswerForIt() {
        AttachedSidecar other = attached.open("catalog", "cart-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        CompletableFuture<Integer> asked = cart.breaker(List.of("catalog-1"), BreakerCommand.OPEN, TestMesh.NOTE);

        attached.answered(new CircuitAnswer(other.service(), "cart-1", 1, 1, null));

        assertThat(asked).isNotDone();
    }

    @Test
    void oneThatGoesMeanwhileIsSaidToBeSilent() {
        CompletableFuture<Integer> asked = cart.breaker(List.of("catalog-1"), BreakerCommand.OPEN, TestMesh.NOTE);

        attached.close(cart);

        assertThat(asked).isCompletedExceptionally();
        assertThat(new Answers().of(asked)).isNull();
    }

    @Test
    void aCommandNamesWhoDidNotAnswerAndIsInTheAuditLog() {
        assertThatThrownBy(
                        () -> mesh.controlPlane.breakers().command("cart->catalog", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(SilentSidecarException.class)
                .hasMessage("circuits: 0 of cart->catalog moved; no answer from the sidecar of cart-1"
                        + " (expected: one within 2s)");

        assertThat(mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.subject()).isEqualTo("cart->catalog"));
    }

    @Test
    void whoAttachesUnderTheNameOfAnothersInstanceDoesNotAnswerForIt() {
        AttachedSidecar impostor = attached.open("cart", "catalog-1", ServiceKind.CLIENT, ChangeForm.SERVICES);

        assertThatThrownBy(() ->
                        mesh.controlPlane.breakers().command("catalog-1->catalog", BreakerCommand.OPEN, TestMesh.NOTE))
                .isInstanceOf(UnknownNameException.class);
        assertThat(impostor.ended()).isFalse();
    }
}
