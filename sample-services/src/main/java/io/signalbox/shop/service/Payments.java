package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.Payment;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Reply;
import java.time.Duration;

/** Takes the money for an order, by asking the bank. */
final class Payments implements Application {

    private static final Duration WORK = Duration.ofMillis(4);

    private final Workplace workplace;

    Payments(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("POST") || !call.path().equals("/payments")) {
            throw Workplace.unknown(call);
        }
        Payment payment = call.body(Payment.class);
        workplace.pace().work(WORK);
        return Reply.passingOn(workplace
                .neighbours()
                .post(call, "bank", "/authorizations", payment)
                .orRefuse());
    }
}
