"""Handbook §3.2, row by row: step, what the handbook lists, and where the product records it.

`form.key` is a field of a form (`form.list.key` of a list's row), with `●` where the handbook requires it and the
form must too, and `!` where a check of the step requires it. `table.column` in brackets is a column that no form
asks for: it is derived, or written by an act. Values of a choice follow after a colon; `→` names a function.
"""

ROWS = """
1  kind ●                          [item.kind]  by the proposer's mandate
1  term, session ●                 [item.sitting_id]
1  timing ●                        suggestion.timing ●: in_session recess
1  title ●                         suggestion.title ●
1  situation ●                     suggestion.situation ●
1  analysis                        suggestion.analysis
1  measures ●                      suggestion.measures ● suggestion.measures.text ●
1  body length –                   left: a limit, which the fields' lengths keep
1  lead proposer ●                 [item_proposer.position] [membership.card] entry.proposer ●
1  proposer_type ●                 suggestion.proposer_type ●: individual joint delegation party organisation special_committee sector group
1  proposer_type, on behalf ●      entry.proposer_type ●
1  co-signers                      suggestion.cosigners cosign.cosign ●: confirm decline
1  co-signers' answers             [item_proposer.confirmed_at] [lapsed_signature.reason]
1  category, two levels ●          suggestion.category ● entry.category ● [item.category] [item.subcategory]
1  suggested units                 suggestion.suggested_units
1  repeat_of                       suggestion.repeat_of
1  origin                          suggestion.origin
1  wish_contact                    suggestion.wish_contact: meeting phone written
1  publish_consent ●               suggestion.publish_consent  a box: it always has an answer
1  confidential                    suggestion.confidential
1  contains_state_secret ●         suggestion.no_secret !
1  attachments                     suggestion.attachments entry.attachments
1  signed scan                     suggestion.signed_scan ! entry.signed_scan ! entry.signed
2  result ●                        first-review.result ●: filed returned_for_edit not_filed converted merged
2  result of the committee ●       final-review.result ●: filed returned_for_edit not_filed converted merged
2  ground, if not filed ●          first-review.grounds ● final-review.grounds ●
2  explanation ●                   first-review.explanation ● final-review.explanation ●
2  merge_target                    final-review.merge_target ●  whether it keeps its number: the area's merge_keeps_number
2  convert_to                      final-review.convert_to ●
2  category, key, urgency          first-review.category ● final-review.category ● final-review.key_candidate final-review.urgency
2  returned for edit               filing-edit.told filing-edit.title ● filing-edit.category ● filing-edit.situation ● filing-edit.measures ●
3  number                          [item.number] [number_sequence.next]
4  type                            assign.key ●: no congress cppcc leader mayor unit
4  leaders                         assign.key_note
4  supervising committee           assign.key_supervisor
4  supervision plan                assign.key_plan
4  reason                          assign.key_reason
4  made key later                  [key_designation.kind] [key_designation.note] [key_designation.supervisor] [key_designation.plan] [key_designation.reason]
5  handling_mode ●                 assign.handling_mode ●: sole lead separate joint coordinated
5  lead_units ●                    assign.lead_unit ● assign.joint_units.unit ● assign.separate_units.unit ●
5  co_units                        assign.co_units !
5  part_of_each ●                  assign.joint_units.part ● assign.separate_units.part ●
5  responsible_leader              assign.responsible_leader !
5  lead_due, co_due ●              [assignment.due] [assignment.due_notes] assign.lead_due assign.co_due
5  dispatch_reason                 assign.reason
6  clock start                     [assignment.assigned_at] [assignment_meeting.at]
7  three options                   sign-in.answer ●: accept add object again late
7  add units X, reason             sign-in.add_units ● sign-in.reason ● addition.addition ●: agree refuse
7  by default after the window     [assignment.signed_by_default]
8  type ●                          sign-in.objection_kind ●: not_ours lead_elsewhere role outside  to add a unit is an answer of its own
8  reason with basis ●             sign-in.reason ●
8  suggested unit ●                sign-in.suggested_unit ●
8  approver, second by the head ●  sign-in.approver ● endorse.endorsement ●: sign drop
8  decision                        adjustment-ruling.ruling ●: agree release refuse adjustment-ruling.new_unit ● adjustment-ruling.ruling_reason ●
8  count of objections             [adjustment.act]
9  responsible leader              plan.leader ●
9  section                         plan.section ●
9  handler, phone                  plan.handler ● plan.phone ●
9  measures, milestones            plan.milestones ● plan.milestones.measure ● plan.milestones.due ● plan.milestones.deliverable
9  consultation plan               plan.consultation_plan ●
9  funds                           plan.funds
9  expected class                  plan.expected_class ●: A B C
10 phase ●                         consultation.phase ●: before during after
10 mode ●                          consultation.mode ●: visit invited site meeting phone video written
10 counts_as_face_to_face          [consultation.face_to_face]
10 date, place ●                   consultation.on ● consultation.place ●
10 participants ●                  consultation.participants ●
10 highest rank ●                  consultation.highest_rank ●: head deputy section handler
10 proposer's opinion ●            consultation.proposer_opinion ●
10 what was agreed                 consultation.agreed
10 signature, confirmation         consultation.confirmation !: signed asked none [consultation.confirmed_at]
10 photos                          consultation.photos
11 facts                           opinion.facts ●
11 measures                        opinion.measures ●
11 commitments with dates          opinion.commitments opinion.commitments.what ● opinion.commitments.due ●
11 suggestion to the lead          opinion.suggestion
11 agree, disagree                 opinion.agrees ●: agree disagree
11 handler, phone                  opinion.handler ● opinion.phone ●
11 issuer                          approve-opinion.approval ●: pass return [opinion.approved_by]
11 seal                            approve-opinion.seal ●: paper electronic
11 document number                 approve-opinion.document_number ●
11 bounce                          accept-opinion.acceptance ●: accept bounce accept-opinion.bounce_reason ●
11 without it                      proceed.proceed ●: wait go_on proceed.proceed_reason ● [assignment.reminded]
12 letter (§7.3)                   reply.body ● reply.leader ● reply.leader_phone ●
12 result class, justification     reply.result_class ●: A B C reply.class_reason !
12 each measure                    reply.answers.adopted ●: adopted partly rejected reply.answers.text ● reply.answers.due !
12 commitments                     reply.answers.unit reply.answers.evidence ● [commitment.due]
12 co-units' opinions              reply.opinions_summary ●
12 disclosure and reason           reply.disclosure ●: public on_request not_public reply.disclosure_reason ●
12 contact                         reply.contact ● reply.contact_phone ●
13 pass, edit, return, class       review.verdict ●: pass edit return reclass
13 reasons coded, text             review.reasons ●: format vague off_point contact no_date opinions class disclosure review.text
13 edit                            review.body ● [review.former_body]
13 change class                    review.new_class ●: A B C [review.old_class]
13 return counter                  [item.returns]
14 document number                 issue.document_number ●
14 seal                            issue.seal ●: paper electronic
14 date                            issue.issued_on ● issue.delivered_on ● [reply.replied_on]
14 signer                          issue.signer ●
14 delivery                        issue.delivery ●: system paper in_person
14 cc                              issue.cc
14 feedback form                   [feedback.contact_made]  the rating is a task of the proposer
15 form, abstract (§9)             publish.publication ●: full abstract refused publish.abstract ●
15 proof                           publish.url ● publish.published_on ●
15 secrecy review, refusal         publish.checked ● publish.refusal_reason ●
16 contact made ●                  feedback.contact_made ●: visited met phoned written none
16 highest level who came          feedback.highest_rank: head deputy section handler
16 attitude ●                      feedback.attitude ●: satisfied basic dissatisfied
16 result ●                        feedback.result ●: satisfied basic dissatisfied
16 to-the-point                    feedback.to_the_point: satisfied basic dissatisfied
16 class as the deputy sees it     feedback.own_class: A B C
16 overall, derived or explicit    [feedback.overall] feedback.overall ●: satisfied basic dissatisfied
16 specific opinion ●              feedback.opinion ●
16 asks for re-handling            feedback.asks_rehandling
16 signature, time, channel ●      [feedback.by] [feedback.at] [feedback.channel]
16 a paper form with its scan       →tasks.worklist.paper_ratings.papers_of →tasks.worklist.leaders.Paper
17 decision                        committee-decision.decision ●: rehandle explain meeting expert
17 questions                       committee-decision.questions ●
17 explanation, meeting            committee-decision.explanation ● committee-decision.meeting_on ● committee-decision.minutes ●
17 outcome at the last round       committee-decision.outcome ●: accepted dissatisfied
18 reason (wide, hard)             [extension.kind] [extension.reason]
18 new date                        [extension.wanted] extension.extended_to ● [extension.granted]
18 plan                            [extension.plan]
18 told proposer: date, means      [extension.told_on] [extension.told_by]
18 approver                        extension.extension ●: agree refuse [extension.notes]
18 limit of six months             →tasks.handling.extensions.last_day
18 flag at assignment              assign.wide
19 slip (§7.7)                     [slip.number] [slip.level] [slip.problem] [slip.requirement] [slip.reply_by] [slip.previous_id]
19 signer                          slip-signature.signature ●: sign refuse [slip.signer]
19 explanation                     slip-explanation.explanations.explanation ● slip-explanation.explanations.promised_on ●
19 judgement                       slip-judgement.judgement ●: accept insufficient escalate slip-judgement.judgement_note ●
20 actually solved                 closing-report.solved ● closing.solved ●
20 effect                          closing-report.effect ● closing.effect
20 evidence                        closing-report.evidence ●
20 money, beneficiaries            closing-report.money closing-report.beneficiaries
20 unit's own verdict              closing-report.own_verdict ●: solved promised open closing-report.left ●
20 verdict                         closing.verdict ●: close track refuse defer closing.deferred_until ●
20 reason                          closing.refusal_reason ● closing.defer_reason ●
20 committee's check               closing-check.check ●: agree disagree closing-check.check_reason ●
21 half of the time                promise-progress.progress ● promise-progress.outlook ●: on_time at_risk
21 at the promise's date           promise-fulfilment.outcome ●: done postponed changed promise-fulfilment.done_on ● promise-fulfilment.evidence ● promise-fulfilment.new_due ●
21 changed circumstances, signed   promise-fulfilment.explanation ● promise-signature.signature ●: sign refuse [commitment_report.copied_to]
21 look-back campaign              [look_back.scope] [look_back.units] [look_back.due] [look_back.checklist]
21 look-back outcome               look-back-visit.verdict ●: solved upgraded unchanged relapsed look-back-confirmation.verdict ●
21 original, present result        look-back-visit.reply_said look-back-visit.class_now ● [look_back_visit.class_before]
21 progress or explanation         look-back-visit.explanation ●
21 its table (X28)                 →web.tracking.views.TABLE
21 second reply                    [reply.stage]
21 result confirmed                tracking-result.commitments tracking-result.class_now ● [class_change.cause]
22 roll-over                       →tasks.tracking.queries.rolled_over
23 evaluation                      [unit_evaluation.total] [unit_evaluation.rank] [indicator_score.score]
24 reports                         annual-report.report_text ● annual-report.problems annual-receipt.receipt ●: accept more
25 archive                         →tasks.handling.file.case_file
U  item of an upper level (§3.2b)  upper-item.external_number ● upper-item.external_lead ● upper-item.contact ● upper-item.contact_phone ● upper-item.external_due ● upper-item.role ●: lead co
U  handed in, taken up (§3.2b)     hand-in.handed_on ● hand-in.channel ● hand-in.proof ● hand-in.taken_up ●: adopted partly not unknown
"""  # noqa: E501 - one row of the handbook a line
