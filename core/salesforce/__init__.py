"""The wire to a Salesforce org: hosts, sign-in, calls, describe, SOQL, remedies."""
