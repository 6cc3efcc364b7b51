"""The models of conventions and submissions."""

from conventions.models.campaign import Campaign, CampaignReminder
from conventions.models.campaign_log import CampaignLog
from conventions.models.commitments import ConventionAxis, SpecificCommitment
from conventions.models.convention import Convention
from conventions.models.convention_log import ConventionLog
from conventions.models.elsewhere import ElsewhereFlag
from conventions.models.example import ActionExample
from conventions.models.periods import Situation
from conventions.models.result import Correction, Result, SubmissionVersion
from conventions.models.submission import Submission
from conventions.models.submission_log import SubmissionLog
from conventions.models.target import AmendmentReason, Target, TargetSet

__all__ = [
    "ActionExample",
    "AmendmentReason",
    "Campaign",
    "CampaignLog",
    "CampaignReminder",
    "Convention",
    "ConventionAxis",
    "ConventionLog",
    "Correction",
    "ElsewhereFlag",
    "Result",
    "Situation",
    "SpecificCommitment",
    "Submission",
    "SubmissionLog",
    "SubmissionVersion",
    "Target",
    "TargetSet",
]
